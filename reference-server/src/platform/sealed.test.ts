import { expect, it } from 'vitest'
import { createSealer } from './sealed.js'

const OLD = 'the secret of last year, long enough'
const NEW = 'the secret of this year, long enough'
const place = { organizationId: '01980000-0000-7000-8000-000000000001', field: 'identity_keys.secret/1' }

const unavailable = expect.objectContaining({ code: 'UNAVAILABLE' })

it('seals each time differently, and opens what it sealed', () => {
  const sealer = createSealer([NEW])
  const [one, other] = [sealer.seal('ik_secret', place), sealer.seal('ik_secret', place)]
  expect(one).not.toBe(other)
  expect(one).not.toContain('ik_secret')
  expect([sealer.open(one, place), sealer.open(other, place)]).toEqual(['ik_secret', 'ik_secret'])
})

it('threat 40: what is carried to another organization, field or row does not open there', () => {
  const sealer = createSealer([NEW])
  const sealed = sealer.seal('ik_secret', place)
  for (const other of [
    { ...place, organizationId: '01980000-0000-7000-8000-000000000002' },
    { ...place, field: 'identity_keys.secret/2' },
    { organizationId: `${place.organizationId}identity_keys`, field: '.secret/1' },
  ])
    expect(() => sealer.open(sealed, other)).toThrow(unavailable)
})

it('threat 40: what was changed does not open', () => {
  const sealer = createSealer([NEW])
  const sealed = sealer.seal('ik_secret', place)
  const [version, id, text = ''] = sealed.split('.')
  const bytes = Buffer.from(text, 'base64url')
  for (let index = 0; index < bytes.length; index++) {
    const forged = Buffer.from(bytes)
    forged[index] = (forged[index] ?? 0) ^ 1
    expect(() => sealer.open(`${version}.${id}.${forged.toString('base64url')}`, place)).toThrow(unavailable)
  }
  for (const odd of ['', '1', `1.${id}`, `1.${id}.`, `2.${id}.${text}`, `1.00000000.${text}`, text])
    expect(() => sealer.open(odd, place)).toThrow(unavailable)
})

it('a new secret seals while the old one still opens, until that is taken away', () => {
  const before = createSealer([OLD]).seal('ik_secret', place)
  const both = createSealer([NEW, OLD])
  expect(both.open(before, place)).toBe('ik_secret')
  const after = both.seal('ik_secret', place)
  const alone = createSealer([NEW])
  expect(alone.open(after, place)).toBe('ik_secret')
  expect(() => alone.open(before, place)).toThrow(unavailable)
})

it('without a secret nothing is sealed, and one line says what is missing', () => {
  expect(() => createSealer([]).seal('ik_secret', place)).toThrow(/^CHATDESK_SECRET is not set: [^\n]+$/)
})
