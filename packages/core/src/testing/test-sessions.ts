import { type Author, ChatError, type InitRequest, type WidgetSettings } from '@chatdesk/protocol'
import { serverId, VISITOR } from './builders.js'
import type { TestLog } from './test-log.js'
import { createTestVisitorRoutes } from './test-visitor-routes.js'

const LIFE_MS = 24 * 3_600_000

interface TestSession {
  sessionId: string
  self: Author
  conversationIds: string[]
}

/** Tokens, tickets and whose conversation is whose. All sessions of a test server belong to one visitor. */
export function createTestSessions(options: {
  nextId: () => string
  now: () => number
  settings: () => WidgetSettings
  reachable: () => boolean
  agent: Author
  log: (conversationId: string) => TestLog
}) {
  const { nextId, now, settings, reachable, agent, log } = options
  const sessions = new Map<string, TestSession>()
  const tickets = new Set<string>()
  const started = new Map<string, string>()
  const conversationIds: string[] = []
  const routes = createTestVisitorRoutes({ conversationIds, log, erase, nextId, now })
  let issued = 0

  function erase(): void {
    sessions.clear()
    conversationIds.length = 0
  }

  function answer(status: number, body: unknown): Response {
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
  }

  function plain(body: unknown): Response {
    if (body === undefined) return new Response(null, { status: 204 })
    return typeof body === 'string' ? new Response(body) : answer(200, body)
  }

  function init(request: InitRequest): Response {
    if (request.widgetKey !== settings().key)
      return answer(404, { error: { code: 'NOT_FOUND', message: 'No such widget.' } })
    const known = sessions.get(request.token ?? '')
    // S12.
    const shared = settings().tabs === 'shared' ? [...sessions.values()][0] : undefined
    const session = known ?? shared ?? { sessionId: nextId(), self: VISITOR, conversationIds }
    issued += 1
    const token = known ? (request.token as string) : `token-${issued}`
    sessions.set(token, session)
    return answer(200, {
      token,
      sendToken: `send-${token}`,
      expiresAt: new Date(now() + LIFE_MS).toISOString(),
      visitorToken: 'visitor-token',
      cookie: { maxAgeDays: 90 },
      visitorId: VISITOR.id,
      sessionId: session.sessionId,
      conversationId: conversationIds.at(-1) ?? null,
      widget: settings(),
    })
  }

  return {
    record: routes.record,
    async fetch(...[input, request]: Parameters<typeof globalThis.fetch>): Promise<Response> {
      if (!reachable()) throw new TypeError('Failed to fetch')
      const { pathname } = new URL(String(input))
      if (pathname.endsWith('/api/widget/init')) return init(JSON.parse(String(request?.body)))
      const [, path] = /\/api\/widget(\/.+)$/.exec(pathname) ?? []
      const body = request?.body ? JSON.parse(String(request.body)) : undefined
      const found = path && routes.answer(decodeURIComponent(path), request?.method ?? 'GET', body)
      if (found) return plain(found.body)
      return pathname.endsWith(`/public/widget/${settings().key}/config`)
        ? answer(200, { widget: settings() })
        : answer(404, {})
    },
    async getTicket(): Promise<string> {
      if (!reachable()) throw new ChatError('OFFLINE', 'The server cannot be reached.')
      issued += 1
      tickets.add(`ticket-${issued}`)
      return `ticket-${issued}`
    },
    authenticate(token: string): TestSession {
      if (tickets.delete(token)) return { sessionId: serverId(0xee), self: agent, conversationIds: [] }
      const session = sessions.get(token)
      if (!session) throw new ChatError('UNAUTHENTICATED', 'Unknown token.')
      return session
    },
    /** C2, C7, C10; the live one is the last. */
    conversation(
      visitor: Author,
      { clientConversationId, after }: { clientConversationId?: string | undefined; after?: string | undefined },
      make: (visitor: Author) => string,
    ): string {
      const live = conversationIds.at(-1)
      if (live && (after ? live !== after : settings().tabs === 'shared')) return live
      const known = started.get(clientConversationId ?? '')
      if (known) return known
      const id = make(visitor)
      started.set(clientConversationId ?? id, id)
      conversationIds.push(id)
      return id
    },
    /** C10. */
    open(conversationId: string): string {
      conversationIds.splice(conversationIds.indexOf(conversationId), 1)
      conversationIds.push(conversationId)
      return conversationId
    },
    visitor: (): Author => VISITOR,
    revokeTokens(): void {
      sessions.clear()
      tickets.clear()
    },
  }
}
