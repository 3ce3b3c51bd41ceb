import { randomUUID } from 'node:crypto'
import { isOvertaken, storedParts } from '@chatdesk/core/testing'
import { type Author, ChatError, type ChatMessage, LIMITS, type LogEvent, type ReadMarks } from '@chatdesk/protocol'
import type { Actor, MemberActor, VisitorActor } from '../../organizations/actor.js'
import { authorOf } from '../author.js'
import type { Change, RealtimeBackend } from '../backend.js'
import { type MemoryConversation, summaryOf } from './memory-conversation.js'
import { createMemoryWidgets, type MemoryWidgets } from './memory-widgets.js'

/** The backend's contract, held in memory: for tests of the realtime layer alone. */
export interface MemoryBackend extends RealtimeBackend, MemoryWidgets {
  /** A token of a new visitor, bound to `origin` when one is given. */
  addVisitor(options?: Partial<VisitorActor> & { origin?: string }): { token: string; actor: VisitorActor }
  /** A ticket of a new member; unlike a real one it may be used again. */
  addMember(options?: Partial<MemberActor> & { origin?: string }): { token: string; actor: MemberActor }
  /** From now on the credential of this actor does not stand. */
  revoke(actor: Actor): void
  /** A conversation of this visitor, with so many messages. */
  addConversation(actor: VisitorActor, messages?: number): Promise<string>
  log(conversationId: string): readonly LogEvent[]
  /** Puts this agent in charge. */
  assign(conversationId: string, agent: Author): void
  /** Conversations whose visitor gave a sign of itself, in order. */
  readonly signs: readonly string[]
}

const MEMORY_ORGANIZATION = randomUUID()

/** `now` in milliseconds since the epoch. */
export function createMemoryBackend(now: () => number = Date.now): MemoryBackend {
  const credentials = new Map<string, { actor: Actor; origin: string | undefined }>()
  const revoked = new Set<Actor>()
  const conversations = new Map<string, MemoryConversation>()
  const byClientId = new Map<string, string>()
  const messagesByClientId = new Map<string, ChatMessage>()
  const listeners = new Set<(change: Change) => void>()
  const signs: string[] = []
  const live = new Map<string, string>()

  const find = (actor: Actor, id: string): MemoryConversation => {
    const conversation = conversations.get(id)
    const allowed =
      conversation?.organizationId === actor.organizationId &&
      (actor.kind === 'member' || conversation.sessionId === actor.sessionId)
    if (!conversation || !allowed) throw new ChatError('NOT_FOUND', 'No such conversation.')
    return conversation
  }
  const findToWrite = (actor: Actor, id: string) => {
    if (actor.kind === 'member' && actor.role === 'client_user') throw new ChatError('FORBIDDEN', 'You may only read.')
    return find(actor, id)
  }
  const tell = (conversation: MemoryConversation, events: LogEvent[], reads?: ReadMarks) => {
    conversation.version += 1
    const { organizationId, id, log } = conversation
    const change = { organizationId, conversationId: id, events, headSeq: log.length, ...(reads ? { reads } : {}) }
    for (const listener of listeners) listener(change)
  }
  const facts = (actor: Actor, conversation: MemoryConversation) => ({
    id: randomUUID(),
    conversationId: conversation.id,
    seq: conversation.log.length + 1,
    createdAt: new Date(now()).toISOString(),
    author: authorOf(actor),
  })
  const backend: MemoryBackend = {
    async authenticate(start, origin) {
      const credential = credentials.get(start.token)
      if (!credential) throw new ChatError('UNAUTHENTICATED', 'Unknown token.')
      if (credential.origin !== undefined && credential.origin !== origin)
        throw new ChatError('FORBIDDEN_ORIGIN', 'This page may not connect.')
      return credential.actor
    },
    async conversationsOf(actor) {
      const own = [...conversations.values()].filter(({ sessionId }) => sessionId === actor.sessionId)
      const isLive = ({ id }: MemoryConversation) => Number(live.get(actor.sessionId) === id)
      return own.sort((a, b) => isLive(a) - isLive(b)).map(({ id }) => id)
    },
    async openConversation(actor, { conversationId }) {
      live.set(actor.sessionId, find(actor, conversationId).id)
    },
    async updateVisitor() {},
    async startConversation(actor, { clientConversationId, after }) {
      const shown = live.get(actor.sessionId)
      if (after !== undefined && shown !== undefined && shown !== after) return { conversationId: shown }
      const key = `${actor.visitorId} ${clientConversationId}`
      const id = byClientId.get(key) ?? randomUUID()
      if (byClientId.has(key)) return { conversationId: id }
      byClientId.set(key, id)
      const createdAt = new Date(now()).toISOString()
      const { organizationId, sessionId } = actor
      const reads = { visitor: 0, team: 0 }
      const conversation = {
        id,
        organizationId,
        sessionId,
        status: 'waiting' as const,
        agent: null,
        log: [],
        reads,
        version: 0,
        createdAt,
      }
      conversations.set(id, conversation)
      live.set(sessionId, id)
      tell(conversation, [])
      return { conversationId: id }
    },
    async endConversation(actor, { conversationId }) {
      const conversation = findToWrite(actor, conversationId)
      if (conversation.status === 'resolved') return
      conversation.status = 'resolved'
      const event = {
        type: 'conversation.changed' as const,
        ...facts(actor, conversation),
        status: conversation.status,
        agent: null,
      }
      conversation.log.push(event)
      tell(conversation, [event])
    },
    async appendMessage(actor, { conversationId, clientMessageId, parts: submitted, seenSeq }) {
      const parts = storedParts(submitted)
      const conversation = findToWrite(actor, conversationId)
      const key = `${authorOf(actor).id} ${clientMessageId}`
      const earlier = messagesByClientId.get(key)
      if (earlier) {
        const same =
          earlier.conversationId === conversationId && JSON.stringify(earlier.parts) === JSON.stringify(parts)
        if (!same) throw new ChatError('ID_REUSED', 'Used for another message.')
        return earlier
      }
      if (actor.kind === 'member' && isOvertaken(conversation.log, authorOf(actor), seenSeq))
        throw new ChatError('OVERTAKEN', 'A colleague has answered meanwhile.')
      const message = {
        type: 'message.created' as const,
        ...facts(actor, conversation),
        clientMessageId,
        parts,
      }
      conversation.log.push(message)
      messagesByClientId.set(key, message)
      tell(conversation, [message])
      return message
    },
    async markRead(actor, { conversationId, upToSeq }) {
      const conversation = find(actor, conversationId)
      const reader = actor.kind === 'visitor' ? 'visitor' : 'team'
      const mark = Math.min(upToSeq, conversation.log.length)
      if (mark <= conversation.reads[reader]) return
      conversation.reads[reader] = mark
      tell(conversation, [], { ...conversation.reads })
    },
    async noteVisitorSign(_actor, { conversationId }) {
      signs.push(conversationId)
    },
    async loadHistory(actor, { conversationId, beforeSeq, afterSeq, limit }) {
      const { log } = find(actor, conversationId)
      const events =
        afterSeq === undefined
          ? log.filter(({ seq }) => seq < (beforeSeq ?? Number.POSITIVE_INFINITY)).slice(-limit)
          : log.filter(({ seq }) => seq > afterSeq).slice(0, limit)
      return { events, reachedStart: (events[0]?.seq ?? 1) === 1, headSeq: log.length }
    },
    async syncConversation(actor, { conversationId, cursor }) {
      const { log, status, agent, reads } = find(actor, conversationId)
      const known = cursor && (cursor.seq === 0 || log[cursor.seq - 1]?.id === cursor.eventId)
      const resumed = known && log.length - cursor.seq <= LIMITS.replayWindow
      const events = resumed ? log.slice(cursor.seq) : log.slice(-LIMITS.freshWindow)
      return {
        conversationId,
        status,
        agent,
        recovery: cursor ? (resumed ? 'resumed' : 'gap') : 'fresh',
        headSeq: log.length,
        events,
        reachedStart: (events[0]?.seq ?? 1) === 1,
        reads: { ...reads },
      }
    },
    async loadInbox(actor, { limit }) {
      const own = [...conversations.values()].filter(({ organizationId }) => organizationId === actor.organizationId)
      return { conversations: own.slice(0, limit).map(summaryOf), nextCursor: null }
    },
    async loadSummaries(organizationId, ids) {
      return [...conversations.values()]
        .filter((conversation) => conversation.organizationId === organizationId && ids.includes(conversation.id))
        .map(summaryOf)
    },
    loadMemberNames: async (organizationId, ids) =>
      [...credentials.values()].flatMap(({ actor }) =>
        actor.kind === 'member' && actor.organizationId === organizationId && ids.includes(actor.memberId)
          ? [{ id: actor.memberId, name: actor.name }]
          : [],
      ),
    async loadChanges(known) {
      return known.flatMap(({ organizationId, conversationId, headSeq, reads: { visitor, team } }) => {
        const conversation = conversations.get(conversationId)
        if (conversation?.organizationId !== organizationId) return []
        const { log, reads } = conversation
        if (log.length <= headSeq && reads.visitor <= visitor && reads.team <= team) return []
        const events = log.filter(({ seq }) => seq > headSeq).slice(0, 20)
        return [{ organizationId, conversationId, events, headSeq: log.length, reads: { ...reads } }]
      })
    },
    async loadVersions(organizationIds) {
      return [...conversations.values()]
        .filter(({ organizationId }) => organizationIds.includes(organizationId))
        .map(({ organizationId, id, version }) => ({ organizationId, conversationId: id, version }))
    },
    loadBegun: async () => [],
    async isStillValid(actor) {
      return !revoked.has(actor)
    },
    async findStandingMembers(actors) {
      return new Set(actors.filter((actor) => !revoked.has(actor)))
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    ...createMemoryWidgets(),
    addVisitor({ origin, ...facts } = {}) {
      const token = `vt_${randomUUID()}`
      const actor: VisitorActor = {
        kind: 'visitor',
        organizationId: MEMORY_ORGANIZATION,
        widgetId: randomUUID(),
        visitorId: randomUUID(),
        sessionId: randomUUID(),
        name: 'Visitor',
        expiresAt: new Date(now() + 24 * 3600_000),
        ...facts,
      }
      credentials.set(token, { actor, origin })
      return { token, actor }
    },
    addMember({ origin, ...facts } = {}) {
      const token = `tk_${randomUUID()}`
      const actor: MemberActor = {
        kind: 'member',
        organizationId: MEMORY_ORGANIZATION,
        memberId: randomUUID(),
        role: 'agent',
        name: 'Asha',
        memberSessionId: randomUUID(),
        expiresAt: new Date(now() + 24 * 3600_000),
        ...facts,
      }
      credentials.set(token, { actor, origin })
      return { token, actor }
    },
    revoke(actor) {
      revoked.add(actor)
    },
    async addConversation(actor, messages = 0) {
      const { conversationId } = await backend.startConversation(actor, { clientConversationId: randomUUID() })
      for (let count = 1; count <= messages; count += 1) {
        const parts = [{ type: 'text' as const, text: `message ${count}` }]
        await backend.appendMessage(actor, { conversationId, clientMessageId: randomUUID(), parts })
      }
      return conversationId
    },
    log: (conversationId) => conversations.get(conversationId)?.log ?? [],
    assign(conversationId, agent) {
      const conversation = conversations.get(conversationId) as MemoryConversation
      const status = 'assigned' as const
      const [id, createdAt] = [randomUUID(), new Date(now()).toISOString()]
      const facts = { id, conversationId, seq: conversation.log.length + 1, createdAt, author: agent }
      const event = { type: 'conversation.changed' as const, ...facts, status, agent }
      Object.assign(conversation, { status, agent })
      conversation.log.push(event)
      tell(conversation, [event])
    },
    signs,
  }
  return backend
}
