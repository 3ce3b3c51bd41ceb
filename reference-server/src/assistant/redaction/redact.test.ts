import { describe, expect, it } from 'vitest'
import { isIban, isLuhn, isVerhoeff } from './checksums.js'
import { findPersonalData } from './personal-data.js'
import { redact, restore } from './redact.js'

const kinds = (text: string) => findPersonalData(text).map(({ kind }) => kind)

describe('what is kept from a provider', () => {
  it.each([
    ['write to asha.rao+chat@example.co.in today', 'asha.rao+chat@example.co.in', 'email'],
    ['my number is 98765 43210', '98765 43210', 'phone'],
    ['call +91-98765-43210 please', '+91-98765-43210', 'phone'],
    ['call (080) 2345 6789', '080) 2345 6789', 'phone'],
    ['मेरा नंबर ९८७६५४३२१० है', '९८७६५४३२१०', 'phone'],
    ['card 4111 1111 1111 1111 12/26', '4111 1111 1111 1111', 'card'],
    ['5555-5555-5555-4444', '5555-5555-5555-4444', 'card'],
    ['card 4111–1111–1111–1111', '4111–1111–1111–1111', 'card'],
    ['card 4111/1111/1111/1111 12/26', '4111/1111/1111/1111', 'card'],
    ['card 4111_1111_1111_1111', '4111_1111_1111_1111', 'card'],
    ['card 4111,1111,1111,1111', '4111,1111,1111,1111', 'card'],
    ['card 4111, 1111, 1111, 1111', '4111, 1111, 1111, 1111', 'card'],
    ['card 4111 - 1111 1111 1111', '4111 - 1111 1111 1111', 'card'],
    ['ref 555 123 4111 1111 1111 1111', '4111 1111 1111 1111', 'card'],
    ['on 22/11/2026 4111 1111 1111 1111', '4111 1111 1111 1111', 'card'],
    ['call 06 12 34 56 78', '06 12 34 56 78', 'phone'],
    ['call 06.12.34.56.78', '06.12.34.56.78', 'phone'],
    ['call 612 345 678', '612 345 678', 'phone'],
    ['call 612 34 56 78', '612 34 56 78', 'phone'],
    ['Tel 030 1234567', '030 1234567', 'phone'],
    ['Tel 030‑1234567'.normalize('NFKC'), '030‐1234567', 'phone'],
    ['call 0171/1234567', '0171/1234567', 'phone'],
    ['call 0151 12345678', '0151 12345678', 'phone'],
    ['call 0049 171 1234567', '0049 171 1234567', 'phone'],
    ['call 98765/43210', '98765/43210', 'phone'],
    ['call 98765–43210 from 01.12.2026 on', '98765–43210', 'phone'],
    ['on 01.12.2026 call 030 1234567', '030 1234567', 'phone'],
    ['write to max @ example.com', 'max @ example.com', 'email'],
    ['aadhaar 2341 2341 2346', '2341 2341 2346', 'aadhaar'],
    ['PAN is ABCPE1234F', 'ABCPE1234F', 'tax_id'],
    ['GSTIN 27ABCPE1234F1Z5', '27ABCPE1234F1Z5', 'tax_id'],
    ['pay to GB82 WEST 1234 5698 7654 32 now', 'GB82 WEST 1234 5698 7654 32', 'iban'],
    ['send it to asha.rao@okicici', 'asha.rao@okicici', 'upi'],
    ['the OTP is 482913', '482913', 'otp'],
    ['482913 is my otp', '482913', 'otp'],
    ['cvv 123', '123', 'otp'],
  ])('%s', (text, value, kind) => {
    const { text: redacted, vault } = redact(text)
    expect([...vault]).toEqual([[`[${kind.toUpperCase()}_1]`, value]])
    expect(redacted).not.toContain(value)
    expect(restore(redacted, vault)).toBe(text)
  })
  it.each([
    'Order 1234567890123 of 2026-11-22',
    'it costs Rs. 1,49,999.00',
    'Rs. 6,999, 12,999, 8,999 or 1,499,999, 2026',
    'EUR 612.345.678,00 or 612,345,678',
    'from 01/12/2026 10 to 05.12.2026 - 06.12.2026 or 01-02-26',
    'open 09.00-18.00 10.00, 09:00 – 18:00, 24/7',
    '0.99 1999.00 or 0.5 1.0 1.5 2.0 2.5 of it',
    'CIN U72200KA2013PTC097389',
    '4111 1111 1111 1112',
    '4111–1111–1111–1112',
    'aadhaar 2341 2341 2347',
    'pin code 560001',
    'section 80 of 2013, form 20',
    'follow @chatdesk',
    'AB12 is not an account at all',
  ])('leaves alone: %s', (text) => expect(kinds(text)).toEqual([]))

  it('finds what unseen characters hide', () => {
    expect(redact('98765\u200b43210').text).toBe('[PHONE_1]')
  })
  it('finds cards with dashes that nobody breaks a line at, which become others', () => {
    expect(redact('4111\u20111111\u20111111\u20111111').text).toBe('[CARD_1]')
  })
  it('leaves no part of a card beside another number', () => {
    for (const text of [
      '98765 43210 4111 1111 1111 1111',
      '4111 1111 1111 1111 98765 43210',
      '06 12 4111 1111 1111 1111',
    ])
      expect(redact(text).text).not.toMatch(/1111/)
  })
  it('gives one value one name throughout a conversation', () => {
    const first = redact('a@example.in and b@example.in')
    const second = redact('again b@example.in, then c@example.in', first.vault)
    expect(second.text).toBe('again [EMAIL_2], then [EMAIL_3]')
    expect(second.counts).toEqual({ email: 2 })
  })
  it('gives nobody a placeholder that they wrote themselves', () => {
    const { vault } = redact('mine is a@example.in')
    expect(redact('what is [EMAIL_1]?', vault).text).toBe('what is (EMAIL_1)?')
    expect(restore('[EMAIL_9]', vault)).toBe('[EMAIL_9]')
  })
  it('puts back in one pass', () => {
    expect(
      restore(
        '[UPI_1]',
        new Map([
          ['[UPI_1]', '[EMAIL_1]'],
          ['[EMAIL_1]', 'x'],
        ]),
      ),
    ).toBe('[EMAIL_1]')
  })
})

it.each([
  ['1 '.repeat(100_000)],
  ['1'.repeat(200_000)],
  [`${'a.'.repeat(100_000)}@`],
  ['a@'.repeat(100_000)],
  [`a@${'b.'.repeat(100_000)}`],
  ['otp '.repeat(50_000)],
  ['AB12 '.repeat(40_000)],
  ['ABCPE1234'.repeat(20_000)],
  ['[A_1'.repeat(50_000)],
  ['+1-('.repeat(50_000)],
  ['4111,'.repeat(40_000)],
  ['1/'.repeat(100_000)],
  ['01.02.2026 '.repeat(20_000)],
  ['4111 1111 1111 1111 '.repeat(10_000)],
  ['a @ '.repeat(50_000)],
])('comes to an end on hostile text %#', (text) => {
  expect(redact(text).text.length).toBeGreaterThan(0)
})

it('checks what numbers are', () => {
  expect([isLuhn('79927398713'), isLuhn('79927398710')]).toEqual([true, false])
  expect([isVerhoeff('2363'), isVerhoeff('2364'), isVerhoeff('3263')]).toEqual([true, false, false])
  expect([isIban('DE89370400440532013000'), isIban('DE89370400440532013001')]).toEqual([true, false])
})
