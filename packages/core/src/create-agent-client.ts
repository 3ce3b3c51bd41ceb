import { type Author, ChatError, parseServerFrame, type Viewer, type VisitorPresence } from '@chatdesk/protocol'
import { atom, type WritableAtom } from 'nanostores'
import type { AgentClient, AgentClientOptions, AgentConversation } from './agent-client.js'
import { createAgentInbox } from './client/agent-inbox.js'
import { createAgentOutboxes, mergeStored } from './client/agent-outboxes.js'
import { createSeenSeqs } from './client/seen-seqs.js'
import { createLink, type Link } from './connection/link.js'
import { createLiveConversation, type LiveConversation } from './conversation/live-conversation.js'
import { createOutboxDisk, type StoredOutbox } from './outbox/outbox-disk.js'
import { quiet } from './platform/deferred.js'
import { guard } from './platform/emitter.js'
import { cursorOf } from './state/conversation-state.js'

/** Pause before a command that failed for a while is given again, in milliseconds. */
const PAUSE_MS = 2_000

interface Watched {
  live: LiveConversation
  handle: AgentConversation
  $presence: WritableAtom<VisitorPresence | null>
  $viewers: WritableAtom<readonly Viewer[]>
  $missing: WritableAtom<boolean>
  /** What an earlier page, or another tab, has left for it. */
  restore(stored: StoredOutbox): void
  /** The connection on which it is watched. */
  watchedOn: number
  /** Somebody has it open; else it is here only until its outbox is empty. */
  open: boolean
}

/** The headless client of one agent. Nothing happens before `start`. */
export function createAgentClient(options: AgentClientOptions): AgentClient {
  const { getTicket, storage, tabId = 'main', account, otherTabs, wakeSignals } = options
  const $self = atom<Author | null>(null)
  const watched = new Map<string, Watched>()
  const timers = new Set<() => void>()
  let restored: Promise<void> | undefined
  let adopting: Promise<void> | undefined
  let stopWatching: (() => void) | undefined
  let isKept = true
  /** Names the present connection, so that what began on an earlier one is not carried on. */
  let connection = 0

  const link = createLink(options, {
    parse: parseServerFrame,
    // Each conversation is watched with its own cursor.
    cursors: () => [],
    async getStart() {
      return { token: await getTicket() }
    },
    onFrame(frame) {
      if (frame.type === 'session.ready') return greet(frame.self)
      if (frame.type === 'inbox.changed') inbox.changed(frame.conversation)
      if (frame.type === 'inbox.removed')
        miss(frame.conversationId, new ChatError('NOT_FOUND', 'No such conversation.'))
      for (const { live } of watched.values()) live.receive(frame)
      if (frame.type === 'visitor.presence') show(frame.conversationId, frame.presence)
      if (frame.type === 'conversation.viewers') showViewers(frame.conversationId, frame.viewers)
      if (frame.type === 'conversation.synced') show(frame.sync.conversationId, frame.presence)
    },
    onOnline: () => void resume(),
    onLost() {
      connection += 1
      clearTimers()
      for (const [id, { live }] of watched) {
        live.lost()
        show(id, null)
        showViewers(id, [])
      }
    },
  })
  const inbox = createAgentInbox(link)
  const report = (error: ChatError) => link.events.emit('error', error)
  const disk = createOutboxDisk(storage, link.clock, (cause) => {
    isKept = false
    report(new ChatError('INTERNAL', 'The outbox cannot be kept on disk.', { cause }))
  })
  const prefix = () => {
    const owner = account ?? $self.value?.id
    return owner === undefined ? null : `chatdesk/outbox/agent/${owner}/`
  }
  const outboxes = createAgentOutboxes({ disk, storage, otherTabs, tabId, prefix, isKept: () => isKept, take })

  function greet(self: Author): void {
    const before = $self.value
    // What one agent has written is not sent in another's name.
    if (before && before.id !== self.id) {
      link.fail(new ChatError('UNAUTHENTICATED', 'Somebody else has signed in.'))
      return
    }
    $self.set(self)
    for (const { live } of watched.values()) live.dispatch({ type: 'self.known', self })
  }

  function show(conversationId: string, presence: VisitorPresence | null): void {
    guard(() => watched.get(conversationId)?.$presence.set(presence))
  }

  function showViewers(conversationId: string, viewers: readonly Viewer[]): void {
    guard(() => watched.get(conversationId)?.$viewers.set(viewers))
  }

  /** It is not there, whoever has it open (C1, I2). */
  function miss(conversationId: string, error: ChatError): void {
    inbox.removed(conversationId)
    const entry = watched.get(conversationId)
    entry?.live.refuse(error)
    guard(() => entry?.$missing.set(true))
  }

  async function resume(): Promise<void> {
    connection += 1
    const current = connection
    repeat(current, () => inbox.refresh(), report)
    restored ??= restore()
    await restored
    if (current === connection) for (const id of [...watched.keys()]) watch(id)
    void adopt()
  }

  /** C22. A tab goes without a word: it is looked for on every connection, and when this one is looked at. */
  function adopt(): Promise<void> {
    adopting ??= outboxes
      .adopt()
      .catch((cause) => report(new ChatError('INTERNAL', 'What other tabs have left cannot be read.', { cause })))
      .finally(() => {
        adopting = undefined
      })
    return adopting
  }

  async function take(conversationId: string, stored: StoredOutbox): Promise<void> {
    const known = watched.get(conversationId)
    if (known) return known.restore(stored)
    const merged = mergeStored(stored, disk.lanes.get(conversationId))
    void disk.write(conversationId, merged)
    if (!merged.entries.some(({ delivery }) => delivery !== 'failed')) return
    add(conversationId)
    if (link.$connection.get().status === 'online') watch(conversationId)
  }

  /** What an earlier page left unsent goes on, whether or not its conversation is opened again. */
  async function restore(): Promise<void> {
    await disk.open(`${prefix()}${tabId}`, (id, stored) => {
      const known = watched.get(id)
      if (known) known.restore(stored)
      else if (stored.entries.some(({ delivery }) => delivery !== 'failed')) add(id)
    })
  }

  function watch(conversationId: string): void {
    const entry = watched.get(conversationId)
    const current = connection
    if (!entry || entry.watchedOn === current) return
    const { live } = entry
    entry.watchedOn = current
    const begin = async () => {
      // It may have been let go of while a refusal was waited out.
      if (watched.get(conversationId) !== entry) return
      const [{ seq, eventId } = { seq: 0 }] = cursorOf(live.state())
      const cursor = eventId && { cursor: { seq, eventId } }
      await link.request({ type: 'conversation.watch', conversationId, ...cursor })
      if (current === connection) live.online()
    }
    repeat(current, begin, (error) => {
      if (error.code === 'NOT_FOUND' || error.code === 'VALIDATION_FAILED') miss(conversationId, error)
      else live.refuse(error)
      report(error)
    })
  }

  /** Does something until it succeeds, is refused for good, or the connection it belongs to is gone. */
  function repeat(current: number, task: () => Promise<void>, refused: (error: ChatError) => void): void {
    task().catch((error: ChatError) => {
      if (current !== connection) return
      if (!error.retryable) return refused(error)
      const cancel = link.clock.setTimeout(
        () => {
          timers.delete(cancel)
          repeat(current, task, refused)
        },
        Math.max(error.retryAfterMs ?? 0, PAUSE_MS),
      )
      timers.add(cancel)
    })
  }

  function add(conversationId: string): Watched {
    const seen = createSeenSeqs()
    const request: Link['request'] = (command) => link.request(seen.stamp(command))
    const live = createLiveConversation({
      self: $self.value ?? { kind: 'agent' },
      id: conversationId,
      link: { ...link, request },
      async save(outbox) {
        await disk.write(conversationId, { ...outbox, seen: seen.note(live.state(), outbox.entries) })
        release(conversationId)
      },
    })
    const $presence = atom<VisitorPresence | null>(null)
    const $viewers = atom<readonly Viewer[]>([])
    const $missing = atom(false)
    const handle: AgentConversation = {
      ...live.handle,
      conversationId,
      $presence,
      $viewers,
      $missing,
      close() {
        entry.open = false
        release(conversationId)
      },
    }
    const restore = (stored: StoredOutbox) => {
      seen.restore(stored.seen)
      live.outbox.restore(stored)
    }
    const entry: Watched = { live, handle, $presence, $viewers, $missing, restore, watchedOn: 0, open: false }
    watched.set(conversationId, entry)
    restore(disk.lanes.get(conversationId) ?? { entries: [] })
    return entry
  }

  /** Lets a conversation go that nobody has open and that has nothing left to send. */
  function release(conversationId: string): void {
    const entry = watched.get(conversationId)
    if (!entry || entry.open || entry.live.state().outbox.some(({ delivery }) => delivery !== 'failed')) return
    watched.delete(conversationId)
    entry.live.dispose()
    link.request({ type: 'conversation.unwatch', conversationId }).catch(() => {})
  }

  function clearTimers(): void {
    for (const cancel of timers) cancel()
    timers.clear()
  }

  return {
    $connection: link.$connection,
    $self,
    $inbox: inbox.$inbox,
    $inboxState: inbox.$inboxState,
    on: link.events.on,
    start() {
      stopWatching ??= wakeSignals?.onWake(() => void (restored && adopt()))
      return link.start()
    },
    countUnsent: () => quiet(outboxes.countUnsent()),
    forgetUnsent() {
      for (const { live } of watched.values()) live.outbox.forget()
      return quiet(outboxes.forget())
    },
    loadMoreInbox: inbox.loadMore,
    takeRows: inbox.take,
    openConversation(conversationId) {
      const known = watched.get(conversationId)
      const entry = known ?? add(conversationId)
      entry.open = true
      if (!known && link.$connection.get().status === 'online') void restored?.then(() => watch(conversationId))
      return entry.handle
    },
    async dispose() {
      stopWatching?.()
      await link.dispose()
      clearTimers()
      for (const { live } of watched.values()) live.dispose()
    },
  }
}
