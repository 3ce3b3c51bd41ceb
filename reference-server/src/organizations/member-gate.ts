import { timingSafeEqual } from 'node:crypto'
import { ChatError } from '@chatdesk/protocol'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { Request, RequestHandler, Response } from 'express'
import type { Database } from '../database/index.js'
import { requireOwnOrigin } from '../http/own-origin.js'
import { findSignedIn, type SignedIn } from './member-sessions.js'

/** How members come in over HTTP: by the console's cookie. */
export interface MemberGate {
  /** Refuses what pages of other sites send (threat 16). */
  readonly ownPagesOnly: RequestHandler
  /** Who is signed in; throws `UNAUTHENTICATED`. */
  requireSignedIn(request: Request): Promise<SignedIn>
  /** As `requireSignedIn`, for what changes something: the request must repeat the token that only our page can read. */
  requireCsrfToken(request: Request): Promise<SignedIn>
  /** Hands the browser its session's token; without one takes it away. */
  setCookie(request: Request, response: Response, token: string, maxAgeSeconds: number): void
}

export interface MemberGateOptions {
  database: Database
  clock: () => Date
  publicUrl: URL | undefined
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
  return {
    ownPagesOnly: requireOwnOrigin(publicUrl),
    requireSignedIn,
    async requireCsrfToken(request) {
      const signedIn = await requireSignedIn(request)
      const given = Buffer.from(request.get('x-chatdesk-csrf') ?? '')
      const expected = Buffer.from(signedIn.current.csrfToken)
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        throw new ChatError('FORBIDDEN', 'The header x-chatdesk-csrf is missing or wrong.')
      return signedIn
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
