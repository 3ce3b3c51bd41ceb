import { expect, it } from 'vitest'
import { entriesFor, isOriginAllowed, normalizeOrigin } from './origin-rule.js'
import { ALLOWED_ENTRIES, KEPT_OUT, LET_IN } from './testing/origin-corpus.js'

const rule = { allowedOrigins: ALLOWED_ENTRIES, allowMissingOrigin: false }

it.each(LET_IN)('[S7] lets in %s', (origin) => {
  expect(isOriginAllowed(rule, origin)).toBe(true)
})

it.each([
  ...KEPT_OUT,
  '',
  // No header carries these.
  ' https://example.com',
  'https://example.com ',
  'https://example.com\n',
  'https://example.com\0',
  'https://a.example.org\t',
])('[S7] threat 14: keeps out %j', (origin) => {
  expect(isOriginAllowed(rule, origin)).toBe(false)
})

it('threat 14: there are two hundred ways and more to look alike', () => {
  expect(KEPT_OUT.length).toBeGreaterThanOrEqual(200)
})

it('a header of Latin-1 is no origin, however often it is asked for', () => {
  const origin = Buffer.from('https://example。com').toString('latin1')
  for (let count = 0; count < 100_000; count += 1)
    if (isOriginAllowed(rule, origin)) throw new Error(`let in: ${count}`)
})

it('a name that is too long is looked up as nothing: its parts would be as many as it has dots', () => {
  expect(entriesFor(`https://${'a.'.repeat(8_000)}example.org`)).toEqual([])
  expect(entriesFor(`https://${'a.'.repeat(100)}example.org`)).toHaveLength(102)
})

it('threat 14: an empty list keeps everybody out', () => {
  for (const origin of [...LET_IN, 'null', '', undefined])
    expect(isOriginAllowed({ allowedOrigins: [], allowMissingOrigin: false }, origin)).toBe(false)
})

it('a missing origin is let in only where that was asked for', () => {
  expect(isOriginAllowed(rule, undefined)).toBe(false)
  const lenient = { ...rule, allowMissingOrigin: true }
  expect(isOriginAllowed(lenient, undefined)).toBe(true)
  expect(isOriginAllowed(lenient, 'null')).toBe(false)
  expect(isOriginAllowed(lenient, '')).toBe(false)
})

it.each([
  ['https://Example.COM', 'https://example.com'],
  ['https://example.com/', 'https://example.com'],
  ['https://example.com:443', 'https://example.com'],
  ['http://localhost:3001', 'http://localhost:3001'],
  ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
  ['HTTPS://*.Example.COM:443/', 'https://*.example.com'],
  ['https://*.münchen.example:8443', 'https://*.xn--mnchen-3ya.example:8443'],
])('writes %s as browsers do', (entry, origin) => {
  expect(normalizeOrigin(entry)).toBe(origin)
})

it.each([
  'example.com',
  '*',
  'https://*',
  'https://*.com',
  'https://*.*.example.com',
  'https://a.*.example.com',
  'https://*example.com',
  'https://*.example.com.',
  'https://*.example.com/x',
  'https://*.u@example.com',
  'ftp://*.example.com',
  'null',
  'https://a.test.',
  'https://a.test/path',
  'https://u:p@a.test',
  'ftp://a.test',
  'https://a.test?x',
  '',
])('refuses %j as an entry', (entry) => {
  expect(() => normalizeOrigin(entry)).toThrow(
    expect.objectContaining({ code: 'VALIDATION_FAILED', field: 'allowedOrigins' }),
  )
})
