import type { KeyValueStorage, TransportFactory } from '@chatdesk/core'
import type { ClientFrame, ResumeCursor, ServerFrame } from '@chatdesk/protocol'
import type { RealtimeBackend } from '@chatdesk/server/testing/realtime'
import { LogStore } from './model/log-store.js'
import type { World } from './world.js'

/** The delivery with one of its guards taken away, by a wrapper around the real thing. */
export interface Mutant {
  store?: typeof LogStore
  sweepMs?: number
  backend?: (backend: RealtimeBackend) => RealtimeBackend
  transport?: (factory: TransportFactory) => TransportFactory
  storage?: (storage: KeyValueStorage, world: World) => KeyValueStorage
}

/** How long a write takes that nobody waits for, in milliseconds. */
const LATE_MS = 50

/** What the schedules must find out. */
export const MUTANTS = {
  'no unique key': {
    store: class extends LogStore {
      protected override findRepeat() {
        return undefined
      }
    },
  },
  'no resume cursor': {
    transport: rewrite({
      cursors: () => [],
      sent: (frame) => (frame.type === 'conversation.watch' ? { ...frame, cursor: undefined } : frame),
    }),
  },
  'sent before it is on disk': {
    storage: (storage, world) => ({
      ...storage,
      async set(key, value) {
        world.after(LATE_MS, () => void Promise.resolve(storage.set(key, value)).catch(() => {}), world.current)
      },
    }),
  },
  'outbox in memory': {
    storage: (storage) => ({ ...storage, async set() {} }),
  },
  'no gap detection': {
    transport: rewrite({ receiver: hideHoles }),
  },
  'acknowledged before the commit': {
    backend: (backend) => ({
      ...backend,
      async appendMessage(actor, input) {
        const { headSeq } = await backend.loadHistory(actor, { conversationId: input.conversationId, limit: 1 })
        const message = backend.appendMessage(actor, input)
        message.catch(() => {})
        return { seq: headSeq + 1 } as Awaited<typeof message>
      },
    }),
  },
  'outbox entry gone once it is sent': {
    storage: (storage) => ({
      ...storage,
      set: (key, value) =>
        storage.set(
          key,
          mapEntries(value, (entries) => entries.filter(isQueued)),
        ),
    }),
  },
  'no order in the outbox': {
    storage: (storage) => ({
      ...storage,
      async get(key) {
        const value = await storage.get(key)
        return value === null ? null : mapEntries(value, (entries) => [...entries].reverse())
      },
    }),
  },
  'a switch that forgets the outbox': {
    storage(storage) {
      const first = new Map<string, string>()
      const isFirst = (key: string, lane: StoredLane) => {
        if (lane.conversationId && !first.has(key)) first.set(key, lane.conversationId)
        return !lane.conversationId || lane.conversationId === first.get(key)
      }
      return {
        ...storage,
        set: (key, value) =>
          storage.set(
            key,
            mapEntries(value, (entries, lane) => (isFirst(key, lane) ? entries : [])),
          ),
      }
    },
  },
  'a new id for every attempt': {
    transport: rewrite({
      sent: (frame) =>
        frame.type === 'message.send' ? { ...frame, clientMessageId: frame.commandId.replace('0', '1') } : frame,
    }),
  },
  // Longer than any schedule.
  'no sweep': { sweepMs: 3_600_000 },
} satisfies Record<string, Mutant>

/** A frame as it is, another one, or none. */
type Receive = (frame: ServerFrame) => ServerFrame | undefined

/** What stands behind a hole is thrown away, and nobody hears of a head. */
function hideHoles(): Receive {
  const held = new Map<string, number>()
  return (frame) => {
    if (frame.type === 'heartbeat') return { ...frame, heads: {} }
    const syncs =
      frame.type === 'session.ready' ? frame.conversations : frame.type === 'conversation.synced' ? [frame.sync] : []
    for (const { conversationId, headSeq } of syncs) held.set(conversationId, headSeq)
    if (frame.type !== 'message.created' && frame.type !== 'conversation.changed') return frame
    const last = held.get(frame.conversationId) ?? 0
    if (frame.seq > last + 1) return undefined
    held.set(frame.conversationId, Math.max(last, frame.seq))
    return frame
  }
}

/** A transport that says or hears something else than it was given. `receiver` makes one for each connection. */
function rewrite(by: {
  sent?: (frame: ClientFrame) => ClientFrame
  receiver?: () => Receive
  cursors?: () => ResumeCursor[]
}): NonNullable<Mutant['transport']> {
  const { sent = (frame) => frame, receiver = () => (frame) => frame } = by
  return (factory) => () => {
    const transport = factory()
    const received = receiver()
    const { connect, send } = transport
    return Object.create(transport, {
      connect: {
        value: (options: Parameters<typeof connect>[0]) =>
          connect({
            ...options,
            cursors: by.cursors ?? options.cursors,
            onFrame(frame) {
              const changed = received(frame)
              if (changed) options.onFrame(changed)
            },
          }),
      },
      send: {
        value: (frame: ClientFrame) => send(sent(frame)),
      },
    })
  }
}

interface StoredEntry {
  delivery: string
}

interface StoredLane {
  conversationId?: string | null
  entries: StoredEntry[]
}

function isQueued({ delivery }: StoredEntry): boolean {
  return delivery === 'queued'
}

/** Changes the entries of a stored outbox. */
function mapEntries(value: string, change: (entries: StoredEntry[], lane: StoredLane) => StoredEntry[]): string {
  const lanes: [string, StoredLane][] = JSON.parse(value)
  return JSON.stringify(lanes.map(([lane, stored]) => [lane, { ...stored, entries: change(stored.entries, stored) }]))
}
