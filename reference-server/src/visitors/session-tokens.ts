import { hashSecret, nextTokenOf, sendTokenOf } from '../platform/secrets.js'

const HOUR_MS = 3_600_000
/** A session token opens connections and requests for so long after it was issued (S14). */
const TOKEN_MS = 24 * HOUR_MS
/** One that an HMAC has brought about: the hash never ends by itself, so it is asked for again (threat 12). */
const HMAC_TOKEN_MS = HOUR_MS

/** Where a session stands in the line of its tokens. */
export interface TokenState {
  salt: Buffer
  /** How many came before the current one. */
  number: number
  /** Of the current one; null: with its session. */
  endsAt: Date | null
}

/** When a token ends that is issued now. */
export function tokenEnd(now: Date, proof?: 'jwt' | 'hmac'): Date {
  return new Date(now.getTime() + (proof === 'hmac' ? HMAC_TOKEN_MS : TOKEN_MS))
}

/** The current token, by the first of the session: where tabs share, that one follows from what each of them holds. */
export function currentToken(first: string, { salt, number }: TokenState): string {
  let token = first
  for (let n = 0; n < number; n++) token = nextTokenOf(token, salt)
  return token
}

/** What is stored of a token and of the send token that follows from it. */
export function tokenHashes(token: string): { token_hash: Buffer; send_token_hash: Buffer } {
  return { token_hash: hashSecret(token), send_token_hash: hashSecret(sendTokenOf(token)) }
}

/**
 * The token that a session goes on with: the current one, or the next where that has ended, and what is to be stored then.
 * Two that exchange the same token at once, or one twice because an answer was lost, are given the same.
 */
export function renewedToken(
  token: string,
  { salt, number, endsAt }: TokenState,
  now: Date,
  proof?: 'jwt' | 'hmac',
): { token: string; endsAt: Date | null; changes: object } {
  const current = tokenHashes(token)
  // A session from before there were send tokens has none yet.
  if (endsAt === null || endsAt > now) return { token, endsAt, changes: current }
  const next = nextTokenOf(token, salt)
  const nextEnds = tokenEnd(now, proof)
  const changes = {
    ...tokenHashes(next),
    previous_token_hash: current.token_hash,
    previous_send_token_hash: current.send_token_hash,
    token_number: number + 1,
    token_ends_at: nextEnds,
  }
  return { token: next, endsAt: nextEnds, changes }
}
