import { randomBytes } from 'node:crypto'
import type { MemberRole } from '@chatdesk/protocol'
import { startConversation } from '../conversations/index.js'
import type { Database } from '../database/index.js'
import {
  type ChangeFeed,
  createChangeFeed,
  createMessageLog,
  type GroupCommitLimits,
  type MessageLog,
} from '../messages/index.js'
import type { MemberActor, VisitorActor } from '../organizations/actor.js'
import { createIdGenerator } from '../platform/ids.js'
import type { Change, RealtimeBackend } from '../realtime/index.js'
import { createBackend } from '../server-backend.js'
import { createWidget, createWidgetFeed } from '../widgets/index.js'

/** One organization with a widget, and the use cases over it: what a store test works on. */
export interface Tenant {
  organizationId: string
  backend: RealtimeBackend
  messages: MessageLog
  feed: ChangeFeed
  /** Everything that was told, in order. */
  changes: Change[]
  /** The present; a test may move it. */
  now: { value: Date }
  addMember(role?: MemberRole): Promise<MemberActor>
  addVisitor(): Promise<VisitorActor>
  /** A new conversation of this visitor's session. */
  addConversation(visitor: VisitorActor): Promise<string>
  /** A client's id: of messages, of conversations. */
  clientId(): string
}

/** Makes an organization of its own, so that tests share a database without meeting. */
export async function createTenant(database: Database, limits: Partial<GroupCommitLimits> = {}): Promise<Tenant> {
  const generateId = createIdGenerator()
  const now = { value: new Date('2026-01-01T00:00:00.000Z') }
  const clock = () => now.value
  const feed = createChangeFeed((error) => {
    throw error
  })
  const changes: Change[] = []
  feed.onChange((change) => changes.push(change))
  const messages = createMessageLog({ database, changes: feed, clock, generateId, limits })
  const organizationId = generateId()
  const at = { created_at: clock(), last_seen_at: clock() }
  await database.system
    .insertInto('organizations')
    .values({ id: organizationId, name: 'Acme', created_at: clock() })
    .execute()
  const context = { database, changes: feed, messages, clock, generateId }
  const { id: widgetId } = await database.transaction(organizationId, (transaction) =>
    createWidget(transaction, context, { organizationId, name: 'Acme' }),
  )
  const clientId = () => randomBytes(12).toString('base64url')

  return {
    organizationId,
    backend: createBackend({ ...context, widgetFeed: createWidgetFeed() }),
    messages,
    feed,
    changes,
    now,
    clientId,
    async addMember(role = 'agent') {
      const memberId = generateId()
      const memberSessionId = generateId()
      const name = `Member ${memberId.slice(-4)}`
      await database.system
        .insertInto('members')
        .values({
          organization_id: organizationId,
          id: memberId,
          email: `${memberId}@acme.test`,
          name,
          role,
          password_hash: 'none',
          created_at: clock(),
        })
        .execute()
      await database.system
        .insertInto('member_sessions')
        .values({
          organization_id: organizationId,
          id: memberSessionId,
          member_id: memberId,
          token_hash: randomBytes(32),
          created_at: clock(),
          last_seen_at: clock(),
        })
        .execute()
      return { kind: 'member', organizationId, memberId, role, name, memberSessionId, expiresAt: new Date(8e15) }
    },
    async addVisitor() {
      const visitorId = generateId()
      const sessionId = generateId()
      const expiresAt = new Date('2027-01-01T00:00:00.000Z')
      await database.system
        .insertInto('visitors')
        .values({ organization_id: organizationId, id: visitorId, token_hash: randomBytes(32), name: null, ...at })
        .execute()
      await database.system
        .insertInto('visitor_sessions')
        .values({
          organization_id: organizationId,
          id: sessionId,
          visitor_id: visitorId,
          widget_id: widgetId,
          token_hash: randomBytes(32),
          origin: null,
          tab_id: null,
          page_url: 'https://acme.test/prices',
          referrer: null,
          user_agent: null,
          expires_at: expiresAt,
          ...at,
        })
        .execute()
      const name = `Visitor ${visitorId.slice(-4)}`
      return { kind: 'visitor', organizationId, widgetId, visitorId, sessionId, name, expiresAt }
    },
    async addConversation(visitor) {
      const { conversationId } = await startConversation(context, visitor, { clientConversationId: clientId() })
      return conversationId
    },
  }
}
