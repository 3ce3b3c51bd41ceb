import { createHmac, createPublicKey } from 'node:crypto'
import { type CryptoKey, exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLogger } from '../platform/logger.js'
import { fetchJwks } from './fetch-jwks.js'
import type { OpenIdentityKey } from './identity-keys.js'
import { createJwksCache } from './jwks-cache.js'
import { createTestIssuer, sign, type TestIssuer } from './testing/test-issuer.js'
import { verifyToken } from './verify-token.js'

const WIDGET = '01980000-0000-7000-8000-000000000001'
const NOW = 1_790_000_000
const SECRET = 'ik_0123456789abcdef0123456789abcdef0123456789a'
const ISSUER = 'https://issuer.example'
const PROJECT = 'shop-project'
const secretBytes = Buffer.from(SECRET)
const CLAIMS = { sub: 'user-1', aud: WIDGET, iss: ISSUER, iat: NOW, exp: NOW + 600, name: 'Asha', email: 'asha@a.test' }
const FIREBASE = {
  ...CLAIMS,
  aud: PROJECT,
  iss: `https://securetoken.google.com/${PROJECT}`,
  auth_time: NOW - 5,
}

let issuer: TestIssuer
/** Where only headers of tokens lead to. */
let canary: TestIssuer
let rsa: CryptoKey
let ec: CryptoKey
let ed: CryptoKey
let context: Parameters<typeof verifyToken>[0]
/** That the cache of keys is ahead. */
let minutes: number

const keyOf = (key: Partial<OpenIdentityKey> & Pick<OpenIdentityKey, 'kind'>): OpenIdentityKey => ({
  id: `key-${key.kind}`,
  openSecret: () => SECRET,
  issuer: undefined,
  audience: undefined,
  jwksUrl: undefined,
  projectId: undefined,
  ...key,
})
const bySecret = (more: Partial<OpenIdentityKey> = {}) => keyOf({ kind: 'jwt_secret', ...more })
const byJwks = (more: Partial<OpenIdentityKey> = {}) =>
  keyOf({ kind: 'jwks', jwksUrl: issuer.jwksUrl, issuer: ISSUER, ...more })
const byFirebase = () => keyOf({ kind: 'firebase', projectId: PROJECT })
const verify = (token: string, keys: OpenIdentityKey[]) =>
  verifyToken(context, { token, widgetId: WIDGET, keys, now: new Date(NOW * 1000) })
const unproved = expect.objectContaining({ code: 'UNAUTHENTICATED', field: 'user.token' })

beforeAll(async () => {
  ;[issuer, canary] = await Promise.all([createTestIssuer(), createTestIssuer()])
  ;[rsa, ec, ed] = await Promise.all([
    issuer.addKey('RS256', 'rsa'),
    issuer.addKey('ES256', 'ec'),
    issuer.addKey('EdDSA', 'ed'),
  ])
})
afterAll(() => Promise.all([issuer.close(), canary.close()]))
beforeEach(() => {
  issuer.asked.length = 0
  minutes = 0
  const jwks = createJwksCache({
    fetch: (url) => fetchJwks(url, { allowPrivate: true }),
    now: () => NOW * 1000 + minutes * 60_000,
    logger: silentLogger,
  })
  context = { jwks, firebaseJwksUrl: issuer.jwksUrl }
})

describe('a token that proves who somebody is', () => {
  it.each(['HS256', 'RS256', 'ES256', 'EdDSA'])('by %s', async (alg) => {
    const by = { HS256: secretBytes, RS256: rsa, ES256: ec, EdDSA: ed }[alg] as CryptoKey
    const kid = { HS256: undefined, RS256: 'rsa', ES256: 'ec', EdDSA: 'ed' }[alg]
    const user = await verify(await sign(CLAIMS, by, { alg, kid }), [byJwks(), bySecret()])
    const keyId = alg === 'HS256' ? 'key-jwt_secret' : 'key-jwks'
    expect(user).toEqual({
      ...{ externalId: 'user-1', proof: 'jwt', keyId, name: 'Asha', email: 'asha@a.test', account: null },
    })
  })

  it('of Firebase', async () => {
    const token = await sign(FIREBASE, rsa, { alg: 'RS256', kid: 'rsa' })
    expect(await verify(token, [byFirebase()])).toMatchObject({ externalId: 'user-1', keyId: 'key-firebase' })
  })

  it('by a key that its issuer has published since', async () => {
    await verify(await sign(CLAIMS, rsa, { alg: 'RS256', kid: 'rsa' }), [byJwks()])
    const later = await issuer.addKey('RS256', 'later')
    const token = await sign(CLAIMS, later, { alg: 'RS256', kid: 'later' })
    await expect(verify(token, [byJwks()])).rejects.toEqual(unproved)
    minutes = 1
    expect(await verify(token, [byJwks()])).toMatchObject({ externalId: 'user-1' })
  })

  it('by the second of two keys, while the first is replaced', async () => {
    const token = await sign(CLAIMS, secretBytes, { alg: 'HS256' })
    const other = bySecret({ id: 'new', openSecret: () => `${SECRET}-new` })
    expect(await verify(token, [other, bySecret()])).toMatchObject({ keyId: 'key-jwt_secret' })
  })

  it('without a name and an address, or with what is none', async () => {
    const { name: _, email: __, ...plain } = CLAIMS
    for (const more of [{}, { name: '', email: 7 }, { name: 'x'.repeat(101), email: `\0@a.test` }])
      expect(
        await verify(await sign({ ...plain, ...more }, secretBytes, { alg: 'HS256' }), [bySecret()]),
      ).toMatchObject({
        name: null,
        email: null,
      })
  })

  it.each([
    [false, null],
    ['false', null],
    [true, CLAIMS.email],
    ['true', CLAIMS.email],
  ])('threat 9: an address that the issuer has not proved is none: %j', async (email_verified, email) => {
    const token = await sign({ ...CLAIMS, email_verified }, secretBytes, { alg: 'HS256' })
    expect(await verify(token, [bySecret()])).toMatchObject({ email, name: 'Asha' })
  })

  it('threat 10: keys that cannot be had refuse nobody for good', async () => {
    const token = await sign(CLAIMS, rsa, { alg: 'RS256', kid: 'rsa' })
    const gone = byJwks({ jwksUrl: 'http://127.0.0.1:1/keys' })
    await expect(verify(token, [gone])).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(await verify(token, [gone, byJwks({ id: 'there' })])).toMatchObject({ keyId: 'there' })
    const others = byJwks({ id: 'there', issuer: 'https://other.example' })
    await expect(verify(token, [gone, others])).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})

describe('[S16] what a token says of an account', () => {
  const signed = (account: unknown) => sign({ ...CLAIMS, account }, secretBytes, { alg: 'HS256' })
  it.each<object>([
    { plan: 'pro', seats: 5, rate: -0.5, trial: false },
    { constructor: 'x', a: 'y'.repeat(100), [`a${'b'.repeat(39)}`]: '' },
    Object.fromEntries(Array.from({ length: 10 }, (_, place) => [`item_${place}`, place])),
    {},
  ])('is taken as it is: %j', async (account) => {
    expect(await verify(await signed(account), [bySecret()])).toMatchObject({ account })
  })
  it('is one line a text, without what nobody sees', async () => {
    const { account } = await verify(await signed({ company: ' A\u0000B\n plan: pro ' }), [bySecret()])
    expect(account).toEqual({ company: 'AB plan: pro' })
  })
  it.each([undefined, null])('is nothing: %j', async (account) => {
    expect(await verify(await signed(account), [bySecret()])).toMatchObject({ account: null })
  })
  it.each<unknown>([
    ...['pro', 7, true, [], ['pro'], [['plan', 'pro']]],
    ...[{ plan: null }, { plan: { name: 'pro' } }, { plan: ['pro'] }, { plan: 'x'.repeat(101) }],
    ...[{ Plan: 'pro' }, { '1plan': 'pro' }, { 'pl an': 'pro' }, { 'plan\n': 'pro' }, { '': 'pro' }],
    ...[{ [`a${'b'.repeat(40)}`]: 'pro' }, { plan: 'pro', _x: 1 }, { größe: 1 }],
    Object.fromEntries(Array.from({ length: 11 }, (_, place) => [`item_${place}`, place])),
  ])('is refused with its token, by its name, where it has another form: %j', async (account) => {
    await expect(verify(await signed(account), [bySecret()])).rejects.toMatchObject({
      ...{ code: 'UNAUTHENTICATED', field: 'user.token', message: expect.stringMatching(/^user\.token: account must/) },
    })
  })
  it('is refused where a number is none that JSON can say again', async () => {
    const [head, body] = (await signed({ seats: 9 })).split('.')
    const claims = Buffer.from(body ?? '', 'base64url')
      .toString()
      .replace('"seats":9', '"seats":1e999')
    const text = `${head}.${Buffer.from(claims).toString('base64url')}`
    const token = `${text}.${createHmac('sha256', SECRET).update(text).digest('base64url')}`
    await expect(verify(token, [bySecret()])).rejects.toMatchObject({ message: expect.stringContaining('account') })
  })
})

/** Seconds from now. Each is tried on a token of our secret, and of Firebase where it says so. */
const TIMES: [what: string, claims: Record<string, unknown>, taken: boolean][] = [
  ['ends in a second', { exp: NOW + 1 }, true],
  ['ends now', { exp: NOW }, false],
  ['has ended', { exp: NOW - 1 }, false],
  ['ends in an hour', { exp: NOW + 3600 }, true],
  ['ends in an hour, by a clock that is a minute ahead', { exp: NOW + 3660 }, true],
  ['ends later than that', { exp: NOW + 3661 }, false],
  ['ends in a year', { exp: NOW + 365 * 86_400 }, false],
  ['has no end', { exp: undefined }, false],
  ['was made by a clock that is a minute ahead', { iat: NOW + 60 }, true],
  ['was made later than that', { iat: NOW + 61 }, false],
  ['was made long ago', { iat: NOW - 86_400 }, true],
  ['counts from a minute ahead', { nbf: NOW + 60 }, true],
  ['counts from later than that', { nbf: NOW + 61 }, false],
]

const FOR_WHOM: [what: string, claims: Record<string, unknown>, key: Partial<OpenIdentityKey>, taken: boolean][] = [
  ['this widget among others', { aud: ['other', WIDGET] }, {}, true],
  ['another widget', { aud: WIDGET.replace('1', '2') }, {}, false],
  ['others', { aud: ['other', 'another'] }, {}, false],
  ['nobody', { aud: undefined }, {}, false],
  ['the audience that is asked for', { aud: 'shop' }, { audience: 'shop' }, true],
  ['this widget, where another audience is asked for', {}, { audience: 'shop' }, false],
  ['this widget, by the issuer that is asked for', {}, { issuer: ISSUER }, true],
  ['this widget, by another issuer', { iss: 'https://evil.example' }, { issuer: ISSUER }, false],
  ['this widget, by an issuer of a name that only begins so', { iss: `${ISSUER}.evil` }, { issuer: ISSUER }, false],
  ['this widget, by no issuer where one is asked for', { iss: undefined }, { issuer: ISSUER }, false],
]

const OF_FIREBASE: [what: string, claims: Record<string, unknown>, taken: boolean][] = [
  ['as it is', {}, true],
  ['another project', { aud: 'other-project' }, false],
  ['a widget', { aud: WIDGET }, false],
  ['another issuer', { iss: 'https://securetoken.google.com/other-project' }, false],
  ['no subject', { sub: '' }, false],
  ['no sign-in', { auth_time: undefined }, false],
  ['a sign-in that is none', { auth_time: 'today' }, false],
  ['a sign-in a minute ahead', { auth_time: NOW + 60 }, true],
  ['a sign-in later than that', { auth_time: NOW + 61 }, false],
]

describe('threat 11: the claims of a token', () => {
  const judge = async (token: string, key: OpenIdentityKey, taken: boolean) => {
    if (taken) expect(await verify(token, [key])).toMatchObject({ externalId: 'user-1' })
    else await expect(verify(token, [key])).rejects.toEqual(unproved)
  }
  it.each(TIMES)('one that %s', async (_what, claims, taken) => {
    await judge(await sign({ ...CLAIMS, ...claims }, secretBytes, { alg: 'HS256' }), bySecret(), taken)
    const firebase = await sign({ ...FIREBASE, ...claims }, rsa, { alg: 'RS256', kid: 'rsa' })
    await judge(firebase, byFirebase(), taken)
  })
  it.each(FOR_WHOM)('one for %s', async (_what, claims, key, taken) => {
    await judge(await sign({ ...CLAIMS, ...claims }, secretBytes, { alg: 'HS256' }), bySecret(key), taken)
  })
  it.each(OF_FIREBASE)('one of Firebase with %s', async (_what, claims, taken) => {
    await judge(await sign({ ...FIREBASE, ...claims }, rsa, { alg: 'RS256', kid: 'rsa' }), byFirebase(), taken)
  })
})

describe('threat 10: tokens that are forged', () => {
  const part = (value: unknown) =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
  const unsigned = (header: unknown, claims: unknown = CLAIMS, signature = '') =>
    `${part(header)}.${part(claims)}.${signature}`
  const hmac = (header: object, claims: unknown, secret: string | Buffer) => {
    const text = `${part(header)}.${part(claims)}`
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
  }

  async function corpus(): Promise<string[]> {
    const good = await sign(CLAIMS, secretBytes, { alg: 'HS256' })
    const [head = '', body = '', signature = ''] = good.split('.')
    const goodRsa = await sign(CLAIMS, rsa, { alg: 'RS256', kid: 'rsa' })
    const [rsaHead = '', , rsaSignature = ''] = goodRsa.split('.')
    const { privateKey: stranger, publicKey: strangers } = await generateKeyPair('RS256', { extractable: true })
    const jwk = await exportJWK(strangers)
    const lead = canary.jwksUrl
    const { keys } = (await (await fetch(issuer.jwksUrl)).json()) as { keys: { n?: string; kty: string }[] }
    const [first = { kty: 'RSA' }] = keys
    const published = String(createPublicKey({ key: first, format: 'jwk' }).export({ type: 'spki', format: 'pem' }))
    const other = { ...CLAIMS, sub: 'victim' }
    return [
      ...['none', 'None', 'NONE', 'nOnE', ''].flatMap((alg) => [
        unsigned({ alg }),
        unsigned({ alg, typ: 'JWT' }, CLAIMS, signature),
        unsigned({ alg, kid: 'rsa' }),
      ]),
      unsigned({}),
      unsigned({ typ: 'JWT' }, CLAIMS, signature),
      // A public key as the secret, in every form in which it is found.
      ...[published, published.trim(), JSON.stringify(keys), first.n ?? 'n', '', 'secret', WIDGET].flatMap((secret) => [
        hmac({ alg: 'HS256' }, CLAIMS, secret),
        hmac({ alg: 'HS256', kid: 'rsa' }, CLAIMS, secret),
      ]),
      hmac({ alg: 'HS256', kid: '/dev/null' }, CLAIMS, ''),
      // Algorithms that no key of the widget is for.
      ...['HS384', 'HS512', 'RS384', 'RS512', 'PS256', 'ES384', 'ES512', 'ES256K', 'A256KW', 'dir', 'hs256'].map(
        (alg) => unsigned({ alg, kid: 'rsa' }, CLAIMS, signature),
      ),
      unsigned({ alg: ['HS256'] }, CLAIMS, signature),
      unsigned({ alg: { toString: 'HS256' } }, CLAIMS, signature),
      unsigned({ alg: null }, CLAIMS, signature),
      // Keys that the token itself brings, or leads to.
      ...(await Promise.all(
        [
          { jku: lead },
          { x5u: lead },
          { jwk },
          { jku: lead, kid: 'rsa' },
          { x5c: ['AAAA'] },
          { jwk, jku: lead, x5u: lead, kid: 'rsa' },
          { kid: lead },
          { kid: '../../../etc/passwd' },
          { kid: "' or 1=1; drop table identity_keys; --" },
          { kid: `${issuer.jwksUrl}#` },
          { kid: 'rsa' },
          { kid: '__proto__' },
        ].map((header) => sign(other, stranger, { alg: 'RS256', ...header })),
      )),
      unsigned({ alg: 'RS256', kid: ['rsa'] }, CLAIMS, rsaSignature),
      unsigned({ alg: 'RS256', kid: { $ne: null } }, CLAIMS, rsaSignature),
      hmac({ alg: 'HS256', crit: ['exp'], exp: 1 }, CLAIMS, SECRET),
      hmac({ alg: 'HS256', crit: ['b64'], b64: false }, CLAIMS, SECRET),
      hmac({ alg: 'HS256', zip: 'DEF' }, CLAIMS, SECRET),
      // A good signature of something else.
      `${head}.${part(other)}.${signature}`,
      `${rsaHead}.${part(other)}.${rsaSignature}`,
      `${head}.${body}.${signature.slice(0, -4)}`,
      `${head}.${body}.`,
      `${head}.${body}`,
      `${head}.${body}.${rsaSignature}`,
      `${rsaHead}.${body}.${signature}`,
      `${good}.${signature}`,
      `${good}x!`,
      ` ${good.slice(0, -1)}`,
      // Good signatures of what are no claims.
      ...['null', '[]', '"user-1"', '7', '{', ''].map((claims) => hmac({ alg: 'HS256' }, claims, SECRET)),
      ...[7, '', ' ', null, ['user-1'], { id: 'user-1' }, 'x'.repeat(257), 'a\0b', undefined].map((sub) =>
        hmac({ alg: 'HS256' }, { ...CLAIMS, sub }, SECRET),
      ),
      ...['soon', null, {}, `${NOW + 60}`].map((exp) => hmac({ alg: 'HS256' }, { ...CLAIMS, exp }, SECRET)),
      hmac({ alg: 'HS256' }, { ...CLAIMS, nbf: 'now' }, SECRET),
      hmac({ alg: 'HS256' }, { ...CLAIMS, iat: 'now' }, SECRET),
      // Nothing at all.
      ...['', '.', '..', '...', 'null', 'undefined', '{}', 'a.b.c', `${'.'.repeat(50)}`, 'x'.repeat(8192)],
    ]
  }

  it('each of them is refused by its code and field, and nothing is fetched that it names', async () => {
    const tokens = await corpus()
    expect(new Set(tokens).size).toBe(tokens.length)
    expect(tokens.length).toBeGreaterThan(60)
    issuer.asked.length = 0
    const keys = [bySecret(), byJwks(), byFirebase(), keyOf({ kind: 'hmac' })]
    for (const token of tokens) {
      await expect(verify(token, keys), token).rejects.toEqual(unproved)
      await expect(verify(token, keys), token).rejects.not.toMatchObject({ message: expect.stringContaining(SECRET) })
    }
    expect(canary.asked).toEqual([])
    // For the keys that are configured, and once a minute.
    expect(issuer.asked).toEqual(['/keys'])
  })

  it('nor are they taken by a widget that has no such key, or none', async () => {
    const good = await sign(CLAIMS, secretBytes, { alg: 'HS256' })
    const goodRsa = await sign(CLAIMS, rsa, { alg: 'RS256', kid: 'rsa' })
    issuer.asked.length = 0
    for (const keys of [[], [keyOf({ kind: 'hmac' })]])
      for (const token of [good, goodRsa]) await expect(verify(token, keys)).rejects.toEqual(unproved)
    await expect(verify(good, [byJwks(), byFirebase()])).rejects.toEqual(unproved)
    await expect(verify(goodRsa, [bySecret()])).rejects.toEqual(unproved)
    expect(issuer.asked).toEqual([])
  })
})
