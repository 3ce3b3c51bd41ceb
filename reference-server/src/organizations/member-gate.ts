import { timingSafeEqual } from 'node:crypto'
import { ChatError } from '@chatdesk/protocol'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { Request, RequestHandler, Response } from 'express'
import type { AuditedAct } from '../audit/index.js'
import type { Database } from '../database/index.js'
import { requireOwnOrigin } from '../http/own-origin.js'
import type { MemberActor } from './actor.js'
import { findApiToken } from './api-tokens.js'
import { findSignedIn, type SignedIn } from './member-sessions.js'
import { recordGuestRead } from './visits.js'

/** How members come in over HTTP: by the console's cookie, or by an API token. */
export interface MemberGate {
  /** Refuses what pages of other sites send (threat 16). */
  readonly ownPagesOnly: RequestHandler
  /** As `ownPagesOnly`, but lets programs through that bring an API token: no browser sends one by itself. */
  readonly ownPagesOrTokens: RequestHandler
  /** Who is signed in, by the cookie alone; throws `UNAUTHENTICATED`. */
  requireSignedIn(request: Request): Promise<SignedIn>
  /** As `requireSignedIn`, for what changes something: the request must repeat the token that only our page can read. */
  requireCsrfToken(request: Request): Promise<SignedIn>
  /** Whose API token a request brings, or else who is signed in. A request with a token is nothing but that token's. */
  requireMember(request: Request, options: { changes: boolean }): Promise<MemberActor>
  /** Tells an organization what its guest has read; of its own members' reading nothing is kept. */
  noteRead(actor: MemberActor, read: Pick<AuditedAct, 'action' | 'target' | 'address'>): Promise<void>
  /** Hands the browser its session's token; without one takes it away. */
  setCookie(request: Request, response: Response, token: string, maxAgeSeconds: number): void
}

export interface MemberGateOptions {
  database: Database
  clock: () => Date
  publicUrl: URL | undefined
}

/** What stands behind `Bearer`, if it is one of our tokens: other schemes are a proxy's business. */
function apiTokenOf(request: Request): string | undefined {
  return /^Bearer (cp_\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1]
}

export function createMemberGate({ database, clock, publicUrl }: MemberGateOptions): MemberGate {
  /** The cookie's prefix makes browsers refuse it over http and from a sibling domain; on loopback there is no https. */
  const cookieOf = (request: Request) => {
    const secure = publicUrl ? publicUrl.protocol === 'https:' : request.secure
    return { name: secure ? '__Host-chatdesk' : 'chatdesk', secure }
  }
  const requireSignedIn = async (request: Request): Promise<SignedIn> => {
    const token = parseCookie(request.headers.cookie ?? '')[cookieOf(request).name]
    const signedIn = token ? await findSignedIn(database, token, clock()) : undefined
    if (!signedIn) throw new ChatError('UNAUTHENTICATED', 'Sign in first.')
    return signedIn
  }
  const requireCsrfToken = async (request: Request): Promise<SignedIn> => {
    const signedIn = await requireSignedIn(request)
    const given = Buffer.from(request.get('x-chatdesk-csrf') ?? '')
    const expected = Buffer.from(signedIn.current.csrfToken)
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new ChatError('FORBIDDEN', 'The header x-chatdesk-csrf is missing or wrong.')
    return signedIn
  }
  const ownPagesOnly = requireOwnOrigin(publicUrl)
  return {
    ownPagesOnly,
    ownPagesOrTokens: (request, response, next) =>
      apiTokenOf(request) === undefined ? ownPagesOnly(request, response, next) : next(),
    requireSignedIn,
    requireCsrfToken,
    async requireMember(request, { changes }) {
      const secret = apiTokenOf(request)
      if (secret === undefined) return (await (changes ? requireCsrfToken : requireSignedIn)(request)).actor
      const actor = await findApiToken(database, secret, clock())
      if (!actor) throw new ChatError('UNAUTHENTICATED', 'This token is revoked or expired.')
      return actor
    },
    async noteRead(actor, read) {
      if (actor.visit) await recordGuestRead(database, actor, read, clock())
    },
    setCookie(request, response, value, maxAge) {
      const { name, secure } = cookieOf(request)
      response.append(
        'set-cookie',
        stringifySetCookie({ name, value, httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge }),
      )
    },
  }
}
