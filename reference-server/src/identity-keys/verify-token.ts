import { ChatError, type VisitorAccount, type VisitorProof } from '@chatdesk/protocol'
import { visitorAccount } from '@chatdesk/protocol/schemas'
import {
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
  type LocalJWKSet,
} from 'jose'
import type { OpenIdentityKey } from './identity-keys.js'
import type { JwksCache } from './jwks-cache.js'

/** How far a site's clock may be off, and how long a token may be good for, in seconds. */
const SKEW = 60
const LONGEST = 3_600

/** Which algorithm each kind of key takes: a secret is never tried as a public key, nor the other way round. */
const ALGORITHMS = {
  hmac: [],
  jwt_secret: ['HS256'],
  jwks: ['RS256', 'ES256', 'EdDSA'],
  firebase: ['RS256'],
} as const satisfies Record<OpenIdentityKey['kind'], readonly string[]>

/** Parts of a header that name a key, or ask for what we do not know. No honest token has them, and nothing is fetched for one. */
const REFUSED_HEADERS = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64', 'zip']

/** Who a site has proved its visitor to be. */
export interface VerifiedUser {
  /** The user's id at the site. */
  externalId: string
  proof: VisitorProof
  /** The key that proved it. */
  keyId: string
  /** Proved, too; null where the proof says nothing of it. */
  name: string | null
  email: string | null
  /** What the site has signed of their account; null: nothing (S16). */
  account: VisitorAccount | null
}

/** Where Firebase publishes the keys of its ID tokens. */
const FIREBASE_JWKS_URL = 'https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com'

/** Where an issuer's keys come from. */
export interface KeySources {
  jwks: JwksCache
  /** Firebase's; where it publishes them by default. */
  firebaseJwksUrl?: string | undefined
}

interface TokenToVerify {
  token: string
  widgetId: string
  keys: readonly OpenIdentityKey[]
  now: Date
}

/** The user whom a JWT names, if a key of the widget proves it; throws `UNAUTHENTICATED` with the field `user.token`. */
export async function verifyToken(
  context: KeySources,
  { token, widgetId, keys, now }: TokenToVerify,
): Promise<VerifiedUser> {
  const alg = algorithmOf(token)
  const fitting = keys.filter(({ kind }) => (ALGORITHMS[kind] as readonly string[]).includes(alg))
  let refusal = refused(`no key of this widget takes ${JSON.stringify(alg)}`)
  let unavailable: ChatError | undefined
  for (const key of fitting) {
    try {
      const payload = await verifyBy(context, key, { token, widgetId, alg, now })
      checkTimes(payload, key, now)
      return { ...userOf(payload), proof: 'jwt', keyId: key.id }
    } catch (error) {
      // Keys that cannot be had say nothing of the token, and nothing of the other keys.
      if (ChatError.isInstance(error) && error.code === 'UNAVAILABLE') unavailable = error
      else refusal = ChatError.isInstance(error) ? error : refused(reasonOf(error))
    }
  }
  throw unavailable ?? refusal
}

function algorithmOf(token: string): string {
  let header: ReturnType<typeof decodeProtectedHeader>
  try {
    header = decodeProtectedHeader(token)
  } catch {
    throw refused('not a signed JWT')
  }
  const odd = REFUSED_HEADERS.find((name) => name in header)
  if (odd !== undefined) throw refused(`the header ${odd} is not taken`)
  if (typeof header.alg !== 'string' || header.alg.length > 16) throw refused('no algorithm')
  return header.alg
}

async function verifyBy(
  { jwks, firebaseJwksUrl = FIREBASE_JWKS_URL }: KeySources,
  key: OpenIdentityKey,
  { token, widgetId, alg, now }: { token: string; widgetId: string; alg: string; now: Date },
): Promise<JWTPayload> {
  const { kind, projectId, issuer = projectId && `https://securetoken.google.com/${projectId}` } = key
  const options: JWTVerifyOptions = {
    algorithms: [alg],
    audience: projectId ?? key.audience ?? widgetId,
    ...(issuer === undefined ? {} : { issuer }),
    requiredClaims: ['sub', 'exp'],
    clockTolerance: SKEW,
    currentDate: now,
  }
  if (kind === 'jwt_secret') return (await jwtVerify(token, Buffer.from(key.openSecret()), options)).payload
  const url = kind === 'firebase' ? firebaseJwksUrl : (key.jwksUrl as string)
  const by = async (known: LocalJWKSet) => (await jwtVerify(token, known, options)).payload
  try {
    return await by(await jwks.get(url))
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
    // Perhaps the issuer has a new key since.
    const renewed = await jwks.renew(url)
    if (!renewed) throw error
    return await by(renewed)
  }
}

/** What jose leaves open: it gives `exp` the tolerance of the other two, knows no longest life, and looks at no `iat`. */
function checkTimes(payload: JWTPayload, { kind }: OpenIdentityKey, now: Date): void {
  const seconds = now.getTime() / 1000
  const { exp = 0, iat, auth_time: authTime } = payload
  if (exp <= seconds) throw refused('exp is past')
  if (exp > seconds + LONGEST + SKEW) throw refused('exp is more than an hour ahead')
  if (iat !== undefined && iat > seconds + SKEW) throw refused('iat is not yet')
  if (kind === 'firebase' && !(typeof authTime === 'number' && authTime <= seconds + SKEW))
    throw refused('auth_time is missing or not yet')
}

function userOf(payload: JWTPayload): Omit<VerifiedUser, 'proof' | 'keyId'> {
  const { sub, name, email, email_verified: isProved, account } = payload
  if (typeof sub !== 'string' || !isStorable(sub, 256)) throw refused('sub must have 1 to 256 characters')
  const text = (value: unknown, length: number) =>
    typeof value === 'string' && isStorable(value, length) ? value : null
  // Some issuers let anybody register with any address: then it is no proof of one. Some say so as a text.
  const isDoubted = isProved !== undefined && String(isProved) !== 'true'
  return {
    ...{ externalId: sub, name: text(name, 100), email: isDoubted ? null : text(email, 254) },
    account: accountOf(account),
  }
}

/** All of it or a refusal: of half an account nobody would notice that it is half. */
function accountOf(claim: unknown): VisitorAccount | null {
  if (claim === undefined || claim === null) return null
  const { data } = visitorAccount.safeParse(claim)
  if (!data)
    throw refused(
      'account must have at most 10 items, by names of up to 40 of a-z, 0-9 and _, each a text of up to 100 characters, a finite number or a boolean',
    )
  return data
}

function isStorable(value: string, length: number): boolean {
  const isWhole = Buffer.from(value).toString() === value
  return value.trim() !== '' && value.length <= length && isWhole && !value.includes('\0')
}

function refused(reason: string): ChatError {
  return new ChatError('UNAUTHENTICATED', `user.token: ${reason}.`, { field: 'user.token' })
}

/** In our words: those of a library may repeat what was given. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'exp is past'
  if (error instanceof errors.JWTClaimValidationFailed) return `${error.claim} is missing, or not as it must be`
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature is not by a key of this widget'
  if (error instanceof errors.JWKSNoMatchingKey) return 'the issuer has no such key'
  return 'it cannot be verified'
}
