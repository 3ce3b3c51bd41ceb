import { expect, it } from 'vitest'
import { pageLink } from './page-link.js'
import { findAddress } from './visitor-address.js'

const NONE = { proved: null, traits: null, answers: null, emailFields: [], transcript: null }

it('takes the address that was proved, and else the first that was said', () => {
  const said = {
    ...{
      traits: { email: 'Page@x.test' },
      answers: { mail: 'form@x.test', name: 'other@x.test' },
      emailFields: ['mail'],
    },
    transcript: 'copy@x.test',
  }
  const of = (more: object) => findAddress({ ...NONE, ...said, ...more })
  expect(of({ proved: 'Proved@x.test' })).toEqual({ email: 'proved@x.test', isProved: true })
  expect(of({})).toEqual({ email: 'copy@x.test', isProved: false })
  expect(of({ transcript: null })).toEqual({ email: 'form@x.test', isProved: false })
  expect(of({ transcript: null, answers: { name: 'other@x.test' } })).toEqual({ email: 'page@x.test', isProved: false })
  expect(findAddress(NONE)).toBeNull()
})

it.each([
  'a@b',
  'a b@c.test',
  'a@b.test, c@d.test',
  'a@b.test;c@d.test',
  '<a@b.test>',
  'a@b@c.test',
  'a\r\n@b.test',
  '"a"@b.test',
  `${'a'.repeat(65)}@b.test`,
])('%j is no address', (email) => {
  expect(findAddress({ ...NONE, traits: { email } })).toBeNull()
})

it('threat 57: links to the page on which was written, if the widget let its origin in', () => {
  expect(pageLink('https://shop.test/a?next=https://evil.test#b', 'https://shop.test')).toBe('https://shop.test/a')
  expect(pageLink('https://evil.test/a', 'https://shop.test')).toBeUndefined()
  expect(pageLink('https://shop.test@evil.test/', 'https://shop.test')).toBeUndefined()
  expect(pageLink('javascript:alert(1)', 'null')).toBeUndefined()
  expect(pageLink('no address', 'https://shop.test')).toBeUndefined()
  expect(pageLink('https://shop.test/', null)).toBeUndefined()
})
