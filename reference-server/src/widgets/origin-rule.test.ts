import { expect, it } from 'vitest'
import { isOriginAllowed, normalizeOrigin } from './origin-rule.js'

const rule = {
  allowedOrigins: ['https://example.com', 'http://localhost:3001', 'https://xn--mnchen-3ya.example'],
  allowMissingOrigin: false,
}

it.each(rule.allowedOrigins)('[S7] lets in %s', (origin) => {
  expect(isOriginAllowed(rule, origin)).toBe(true)
})

const hosts = ['example.com', 'localhost', 'xn--mnchen-3ya.example']
const foreign = [
  ...hosts.flatMap((host) => [
    `http://evil-${host}`,
    `https://evil-${host}`,
    `https://${host}.evil.test`,
    `https://evil.test/${host}`,
    `https://evil.test?${host}`,
    `https://evil.test#https://${host}`,
    `https://${host}@evil.test`,
    `https://sub.${host}`,
    `https://${host}.`,
    `https://${host}:8443`,
    `https://${host}:443`,
    `https://${host}/`,
    ` https://${host}`,
    `https://${host}\t`,
    `https:/${host}`,
    `https:${host}`,
    `//${host}`,
    host,
    `ftp://${host}`,
    `file://${host}`,
    `HTTPS://${host.toUpperCase()}`,
    `https://${host}%00.evil.test`,
    `https://${host},https://evil.test`,
  ]),
  'http://example.com',
  'https://localhost:3001',
  'http://localhost',
  'http://localhost:30010',
  'http://localhost:03001',
  'http://127.0.0.1:3001',
  'https://münchen.example',
  'https://*.example.com',
  '*',
  'null',
  '',
  'undefined',
]

it.each(foreign)('[S7] threat 14: keeps out %j', (origin) => {
  expect(isOriginAllowed(rule, origin)).toBe(false)
})

it('threat 14: an empty list keeps everybody out', () => {
  for (const origin of [...rule.allowedOrigins, 'null', '', undefined])
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

it.each([
  ['https://a.example.com', true],
  ['https://a.b.example.com', true],
  ['https://example.com', false],
  ['http://a.example.com', false],
  ['https://a.example.com:8443', false],
  ['https://a.example.com.evil.test', false],
  ['https://evil-example.com', false],
  ['https://a.evil-example.com', false],
  ['https://.example.com', false],
  ['https://A.example.com', false],
  ['https://a.example.com.', false],
  ['https://u@a.example.com', false],
  ['https://evil.test/.example.com', false],
  ['https://evil.test#.example.com', false],
  ['https://*.example.com', false],
  ['null', false],
])('threat 14: a wildcard for subdomains says of %s: %s', (origin, allowed) => {
  expect(isOriginAllowed({ allowedOrigins: ['https://*.example.com'], allowMissingOrigin: false }, origin)).toBe(
    allowed,
  )
})
