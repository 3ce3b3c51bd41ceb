import {
  type Author,
  ChatError,
  type ChatMessage,
  type ClientFrame,
  type ConversationStatus,
  type LogEvent,
  type MessagePart,
  PROTOCOL_VERSION,
  type ServerFrame,
  toWireError,
} from '@chatdesk/protocol'
import { parseClientFrame } from '@chatdesk/protocol/schemas'
import { systemClock } from '../platform/system-clock.js'
import { AGENT, serverId, storedParts, widgetSettings } from './builders.js'
import { createTestLog, type TestLog } from './test-log.js'
import type { InConversation, TestServer, TestServerOptions } from './test-server-handle.js'
import { createTestSessions } from './test-sessions.js'
import { lost, type TestConnection, testTransport } from './test-transport.js'

interface Actor {
  self: Author
  sessionId: string
  watching: Set<string>
  inbox: boolean
}

type Command = Exclude<Extract<ClientFrame, { commandId: string }>, { type: 'session.start' }>

/** Starts a server with no conversations. */
export function createTestServer(options: TestServerOptions = {}): TestServer {
  const { clock = systemClock, agent = AGENT, heartbeatMs = 25_000 } = options
  let settings = widgetSettings(options.settings)
  const logs = new Map<string, TestLog>()
  const received: ClientFrame[] = []
  const refusals: { type: string; error: ChatError }[] = []
  const held = new Map<string, (() => void)[]>()
  const actors = new Map<TestConnection, Actor>()
  let ids = 0
  let reachable = true
  let mute = false
  const nextId = () => serverId(++ids)
  const sessions = createTestSessions({
    nextId,
    now: clock.now,
    settings: () => settings,
    reachable: () => reachable,
    agent,
    log: (id) => log(id),
  })

  function log(conversationId = [...logs.keys()].at(-1)): TestLog {
    const found = logs.get(conversationId ?? '')
    if (!found) throw new ChatError('NOT_FOUND', 'No such conversation.')
    return found
  }

  function push(connection: TestConnection, frame: ServerFrame): void {
    if (!mute) connection.push(frame)
  }

  function tell(conversationId: string, frames: readonly ServerFrame[], except?: TestConnection): void {
    for (const [connection, { watching }] of actors)
      if (watching.has(conversationId) && connection !== except) for (const frame of frames) push(connection, frame)
  }

  /** After every change: the log's subscribers get the events, the inbox its row. */
  function committed({ id, summary }: TestLog, events: readonly LogEvent[]): void {
    tell(id, events)
    for (const [connection, { inbox }] of actors)
      if (inbox) push(connection, { type: 'inbox.changed', conversation: summary() })
  }

  function start(connection: TestConnection, frame: Extract<ClientFrame, { type: 'session.start' }>): void {
    const refusal = take('session.start')
    if (refusal) throw refusal
    if (frame.protocolVersion > PROTOCOL_VERSION) throw new ChatError('UNSUPPORTED_VERSION', 'Too new.')
    const { self, sessionId, conversationIds } = sessions.authenticate(frame.token)
    const cursor = (id: string) => {
      const { seq = 0, eventId } = frame.cursors.find(({ conversationId }) => conversationId === id) ?? {}
      return eventId === undefined ? undefined : { seq, eventId }
    }
    const isNamed = (id: string) => frame.cursors.some(({ conversationId }) => conversationId === id)
    // C10.
    const sent = conversationIds.filter((id, index) => isNamed(id) || index === conversationIds.length - 1)
    actors.set(connection, { self, sessionId, watching: new Set(sent), inbox: false })
    push(connection, {
      ...ready(self, sessionId, frame.commandId),
      conversations: sent.map((id) => log(id).sync(cursor(id))),
    })
  }

  function ready(self: Author, sessionId: string, commandId: string) {
    const facts = { type: 'session.ready', commandId, sessionId, protocolVersion: PROTOCOL_VERSION, self } as const
    const team =
      self.kind === 'visitor'
        ? { team: { online: isThere('agent'), agent: false }, widgetVersion: settings.version }
        : {}
    return { ...facts, heartbeatMs, ...team }
  }

  /** Whether somebody of this kind is connected, and concerned if it is a visitor. */
  function isThere(kind: Author['kind'], conversationId?: string): boolean {
    return [...actors.values()].some(
      ({ self, watching }) => self.kind === kind && (conversationId === undefined || watching.has(conversationId)),
    )
  }

  function take(type: string): ChatError | undefined {
    const index = refusals.findIndex((refusal) => refusal.type === type)
    return index < 0 ? undefined : refusals.splice(index, 1)[0]?.error
  }

  /** Answers one command; a throw is a refusal. */
  function run(connection: TestConnection, frame: ClientFrame): void {
    const actor = actors.get(connection)
    if (!actor) return
    const refusal = take(frame.type)
    if (refusal) throw refusal
    const own = 'conversationId' in frame ? log(frame.conversationId) : undefined
    const isOpened = frame.type === 'conversation.open'
    if (own && actor.self.kind === 'visitor' && !isOpened && !actor.watching.has(own.id))
      throw new ChatError('NOT_FOUND', 'No such conversation.')
    if (frame.type === 'ping') heartbeat(connection)
    else if (frame.type === 'typing.set') {
      const { conversationId, active } = frame
      tell(conversationId, [{ type: 'typing.changed', conversationId, author: actor.self, active }], connection)
    } else if (frame.type === 'activity.set') {
      // Received, and nothing more.
    } else if (frame.type !== 'session.start') {
      const { reply, tellOthers } = execute(actor, frame)
      push(connection, reply ?? { type: 'ack', commandId: frame.commandId, ok: true })
      tellOthers?.()
    } else throw new ChatError('BAD_FRAME', 'The session is open.')
  }

  /** What a command is answered with (a plain `ack` when it is nothing more), and what is told to others after it. */
  function execute(actor: Actor, frame: Command): { reply?: ServerFrame; tellOthers?: () => void } {
    const { commandId } = frame
    const ack = { type: 'ack', commandId, ok: true } as const
    switch (frame.type) {
      case 'conversation.start': {
        const { after } = frame
        const isEmpty = after !== undefined && log(after).events.length === 0
        const conversationId = isEmpty ? after : sessions.conversation(actor.self, frame, makeLog)
        if (after !== undefined) return show(actor, conversationId, commandId)
        actor.watching.add(conversationId)
        return { reply: { ...ack, conversationId } }
      }
      case 'conversation.open':
        return show(actor, sessions.open(frame.conversationId), commandId)
      case 'visitor.update':
        return {}
      case 'conversation.watch': {
        actor.watching.add(frame.conversationId)
        const presence = isThere('visitor', frame.conversationId) ? 'online' : 'offline'
        const sync = log(frame.conversationId).sync(frame.cursor)
        return { reply: { type: 'conversation.synced', commandId, sync, presence } }
      }
      case 'conversation.unwatch':
        actor.watching.delete(frame.conversationId)
        return {}
      case 'inbox.load':
        actor.inbox = true
        return { reply: { type: 'inbox.page', commandId, ...inboxPage(frame.limit, frame.cursor) } }
      case 'history.load': {
        const { conversationId } = frame
        return { reply: { type: 'history.page', commandId, conversationId, ...log(conversationId).page(frame) } }
      }
      case 'message.send': {
        const target = log(frame.conversationId)
        const { message, appended } = target.append({ ...frame, parts: storedParts(frame.parts), author: actor.self })
        return { reply: { ...ack, seq: message.seq }, tellOthers: () => committed(target, appended) }
      }
      case 'message.markRead': {
        const side = actor.self.kind === 'visitor' ? 'visitor' : 'team'
        return { tellOthers: () => markRead(side, frame.conversationId, frame.upToSeq) }
      }
      case 'conversation.end':
        return { tellOthers: () => changeStatus('resolved', frame.conversationId, actor.self) }
    }
  }

  /** C9, C10. */
  function show(actor: Actor, conversationId: string, commandId: string): { reply: ServerFrame } {
    actor.watching.add(conversationId)
    const conversations = [log(conversationId).sync()]
    return { reply: { ...ready(actor.self, actor.sessionId, commandId), conversations } }
  }

  function inboxPage(limit: number, cursor = '0') {
    const rows = [...logs.values()].map(({ summary }) => summary()).sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
    const end = Number(cursor) + limit
    return { conversations: rows.slice(Number(cursor), end), nextCursor: end < rows.length ? String(end) : null }
  }

  function makeLog(visitor: Author): string {
    const made = createTestLog(nextId(), visitor, nextId, clock.now)
    logs.set(made.id, made)
    committed(made, [])
    return made.id
  }

  function changeStatus(status: ConversationStatus, conversationId: string | undefined, author: Author): void {
    const changed = log(conversationId)
    committed(changed, [changed.changeStatus(status, author)])
  }

  function markRead(reader: 'visitor' | 'team', conversationId: string | undefined, upToSeq: number): void {
    const marked = log(conversationId)
    const mark = marked.markRead(reader, upToSeq)
    tell(marked.id, [{ type: 'message.read', conversationId: marked.id, reader, upToSeq: mark }])
    committed(marked, [])
  }

  function heartbeat(connection: TestConnection): void {
    const watching = [...(actors.get(connection)?.watching ?? [])]
    push(connection, {
      type: 'heartbeat',
      heads: Object.fromEntries(watching.map((id) => [id, log(id).events.length])),
    })
  }

  function refused(connection: TestConnection, commandId: string, error: unknown): void {
    if (!ChatError.isInstance(error)) throw error
    push(connection, { type: 'ack', commandId, ok: false, error: toWireError(error) })
  }

  function attempt(connection: TestConnection, frame: ClientFrame): void {
    try {
      run(connection, frame)
    } catch (error) {
      refused(connection, 'commandId' in frame ? frame.commandId : '', error)
    }
  }

  function say(author: Author, words: string | MessagePart, where: InConversation | undefined): ChatMessage {
    const part: MessagePart = typeof words === 'string' ? { type: 'text', text: words } : words
    const { message, appended } = log(where?.conversationId).append({ author, parts: [part] })
    committed(log(where?.conversationId), appended)
    return message
  }

  const server: TestServer = {
    transport: testTransport({
      reachable: () => reachable,
      open(connection, frame) {
        received.push(frame)
        try {
          start(connection, frame)
        } catch (error) {
          if (!ChatError.isInstance(error)) throw error
          connection.close({ reason: 'remote', error })
        }
      },
      frame(connection, frame) {
        const parsed = parseClientFrame(JSON.stringify(frame))
        if (!parsed.ok) {
          refused(connection, parsed.commandId ?? '', ChatError.fromWire(parsed.error))
          return
        }
        received.push(frame)
        const queue = held.get(frame.type)
        if (queue) queue.push(() => attempt(connection, parsed.value))
        else attempt(connection, parsed.value)
      },
      closed: (connection) => void actors.delete(connection),
    }),
    fetch: sessions.fetch,
    getTicket: sessions.getTicket,
    asked: sessions.record,
    received,
    get connections() {
      return actors.size
    },
    log,
    startConversation: () => log(sessions.conversation(sessions.visitor(), {}, makeLog)),
    agentSays: (words, where) => say(agent, words, where),
    visitorSays: (words, where) => say(sessions.visitor(), words, where),
    types(kind, active, where) {
      const { id: conversationId } = log(where?.conversationId)
      const author = kind === 'agent' ? agent : sessions.visitor()
      const draft = where?.draft
      tell(conversationId, [{ type: 'typing.changed', conversationId, author, active, ...(draft && { draft }) }])
    },
    reads: (side, where) => markRead(side, where?.conversationId, Number.MAX_SAFE_INTEGER),
    changeStatus: (status, where) => changeStatus(status, where?.conversationId, agent),
    changeWidget(over) {
      settings = { ...settings, version: `${settings.version}+`, ...over }
      const { version: widgetVersion = '' } = settings
      for (const [connection, { self }] of actors)
        if (self.kind === 'visitor') push(connection, { type: 'widget.changed', widgetVersion })
    },
    heartbeat() {
      for (const connection of actors.keys()) heartbeat(connection)
    },
    push(frame) {
      for (const connection of actors.keys()) connection.push(frame)
    },
    drop(closure = { reason: 'network', error: lost() }) {
      for (const connection of actors.keys()) connection.close(closure)
    },
    setReachable(value) {
      reachable = value
      if (!value) server.drop()
    },
    revokeTokens: sessions.revokeTokens,
    refuse(type, error, times = 1) {
      for (let count = 0; count < times; count += 1) refusals.push({ type, error })
    },
    hold(type) {
      const queue: (() => void)[] = []
      held.set(type, queue)
      return () => {
        held.delete(type)
        for (const release of queue) release()
      }
    },
    loseAnswers() {
      mute = true
      return () => {
        mute = false
      }
    },
  }
  return server
}
