import { describe, expect, it } from 'vitest'
import { findContact } from './find-contact.js'

const asked = { asked: true }
const unasked = { asked: false }

describe('a way to be reached', () => {
  it.each([
    ['asha@home.test', 'asha@home.test', null, ''],
    ['My e-mail address is Asha.Rao+chat@Home.test', 'asha.rao+chat@home.test', null, ''],
    ['you can write to me at asha @ home.test, thanks', 'asha@home.test', null, ', thanks'],
    ['call me on +91 98765 43210', null, '+919876543210', ''],
    ['mera number 98765 43210 hai', null, '9876543210', 'hai'],
    ['मेरा नंबर ९८७६५४३२१० है', null, '9876543210', 'मेरा नंबर है'],
    ['030 1234567', null, '0301234567', ''],
    ['12345678', null, '12345678', ''],
    // It passes for an Aadhaar number as well.
    ['919876543200', null, '919876543200', ''],
    ['Asha Rao, asha@home.test', 'asha@home.test', null, 'Asha Rao'],
    ['a@b.test or 98765 43210', 'a@b.test', '9876543210', ''],
    ['order 9876543210, call me on 98765 43211', null, '9876543211', 'order 9876543210'],
    ['MOB-9876543210', null, '9876543210', 'MOB-'],
    ['first@b.test, no: second@b.test', 'second@b.test', null, ', no'],
    ['98765 43210, between five and six', null, '9876543210', ', between five and six'],
  ])('is found where it was asked for: %s', (text, email, phone, rest) => {
    expect(findContact(text, asked)).toEqual({ email, phone, rest, isAlone: true })
  })
  it.each([
    ['When are you open? My mail is a@b.test', 'When are you open?'],
    ['a@b.test. How long does it take?', '. How long does it take?'],
    ['a@b.test what does it cost', 'what does it cost'],
  ])('leaves what is asked besides: %s', (text, rest) => {
    expect(findContact(text, asked)).toMatchObject({ email: 'a@b.test', rest, isAlone: false })
  })
  it.each(['asha@home.test', 'Hello, my email is asha@home.test. Thanks!', 'you can call me at 98765 43210'])(
    'is understood unasked, where nothing else is said: %s',
    (text) => expect(findContact(text, unasked)?.isAlone).toBe(true),
  )
  it.each([
    ['can a@b.test become c@d.test', unasked],
    ['Asha Rao a@b.test', unasked],
    ['12345678', unasked],
    ['order 12345678', asked],
    ['123', asked],
    ['1234567890123456', asked],
    ['4111 1111 1111 1111', asked],
    [`${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.test`, asked],
    ['2341 2341 2346', asked],
    ['378282246310005', asked],
    ['4222222222222', asked],
    ['27ABCPE1234F1Z5', asked],
    ['12/05/2026', asked],
    ['2025-2026', asked],
    ['1.000.000', asked],
    ['order 9876543210', asked],
    ['My order number is 98765 43210', asked],
    ['Order ID: 9876543210', asked],
    ['PNR 8524631790 please', asked],
    ['मेरा ऑर्डर नंबर 9876543210 है', asked],
    ['ORD-9876543210', asked],
    ['INV9876543210', asked],
    ['#9876543210', unasked],
    ['my id is 9876543210', unasked],
    ['no', asked],
    ['', asked],
  ])('is none: %s', (text, how) => expect(findContact(text, how)).toBeNull())
  it.each(['my ', 'e-mail address ', 'you can write to me at ', '@ ', '1 ', 'a@b.test ', '---', ' '])(
    'threat 49: comes to an end on much of "%s"',
    (text) => expect(() => findContact(`${text.repeat(3_000)} a@b.test`.slice(-5_000), asked)).not.toThrow(),
  )
})
