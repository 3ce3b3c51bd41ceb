import { ChatError, type SaidPart, type WireError } from '@chatdesk/protocol'
import type { Command } from '../connection/pending-commands.js'
import { createDeferred } from '../platform/deferred.js'
import type { Clock, KeyValueStorage } from '../ports.js'
import type { OutboxEntry } from '../state/conversation-state.js'

/** A disk that has not answered by then, in milliseconds, is given up: browsers are known to hang here. */
const PATIENCE_MS = 3_000

/** The lane of a visitor's client: one conversation is live at a time. */
export const VISITOR_LANE = 'visitor'

/** A command that goes before any message, again and again until it is answered: twice must be once (C9, C10, V1). */
export interface Errand {
  command: Extract<Command, { type: 'conversation.start' | 'conversation.open' | 'visitor.update' }>
  /** Told of the answer, if the page that has asked is still there. No disk keeps a function. */
  settle?: (error?: ChatError) => void
}

/** What stands on disk of one conversation's outbox. */
export interface StoredOutbox {
  /** Makes a repeated start of the visitor's conversation harmless (C2). */
  clientConversationId?: string | undefined
  /** Where the entries belong; there before the first of them leaves. */
  conversationId?: string | null | undefined
  /** Lets another tab post them there when this one is gone (S11). */
  sendToken?: string | undefined
  /** Who has written it, where the server had said so: nobody else sends it (threat 13). */
  visitorId?: string | undefined
  /** Written while a user of the site was signed in: nobody else is shown it. */
  user?: boolean | undefined
  /** What the server has not answered yet. */
  errands?: readonly [id: string, Errand][] | undefined
  entries: readonly OutboxEntry[]
  /** Agents: how far the author of each had been shown the log (C20). */
  seen?: Readonly<Record<string, number>> | undefined
}

/** The unsent messages of one client, by conversation, under one key. */
export interface OutboxDisk {
  /**
   * Reads what an earlier page left under `key` and tells of each lane: a conversation's id, or `visitor`. Nothing goes to
   * disk before; whoever has written to a lane by then puts both together and writes again. May be called again, for what
   * another page has left since. Never rejects.
   */
  open(key: string, restore: (lane: string, stored: StoredOutbox) => void): Promise<void>
  /** What stands under each lane. */
  readonly lanes: ReadonlyMap<string, StoredOutbox>
  /** Resolves when it is on disk, or when the disk has failed and memory has to do. Never rejects. */
  write(lane: string, outbox: StoredOutbox): Promise<void>
  /** Resolves when all that was written is on disk, or the disk has failed. */
  idle(): Promise<void>
}

/** `onFailure` is called once, when the disk refuses; from then on memory has to do. */
export function createOutboxDisk(
  storage: KeyValueStorage | undefined,
  clock: Clock,
  onFailure: (cause: unknown) => void,
): OutboxDisk {
  const lanes = new Map<string, StoredOutbox>()
  const opened = createDeferred<void>()
  let disk = storage
  let key = ''
  let queue: Promise<void> = opened.promise
  let stale = false

  /** Runs one access; a failure or a hang ends the use of the disk for good. */
  async function use<T>(access: (disk: KeyValueStorage) => T | Promise<T>): Promise<T | undefined> {
    if (!disk) return undefined
    const late = createDeferred<never>()
    const cancel = clock.setTimeout(() => late.reject(new ChatError('TIMEOUT')), PATIENCE_MS)
    try {
      return await Promise.race([access(disk), late.promise])
    } catch (cause) {
      disk = undefined
      onFailure(cause)
      return undefined
    } finally {
      cancel()
    }
  }

  async function flush(): Promise<void> {
    // The flush of an earlier write took this one along.
    if (!stale) return
    stale = false
    const text = encodeOutbox([...lanes])
    await use((open) => (lanes.size > 0 ? open.set(key, text) : open.remove(key)))
  }

  return {
    async open(name, restore) {
      // What is still to be written is newer than what could be read.
      if (key) await queue
      key = name
      for (const [lane, stored] of decodeOutbox(await use((open) => open.get(key)))) {
        lanes.set(lane, stored)
        restore(lane, stored)
      }
      opened.resolve()
    },
    lanes,
    write(lane, outbox) {
      stale = true
      if (outbox.entries.length > 0 || outbox.errands?.[0]) lanes.set(lane, outbox)
      else lanes.delete(lane)
      queue = queue.then(flush)
      return queue
    },
    idle: () => queue,
  }
}

interface StoredEntry {
  clientMessageId: string
  parts: SaidPart[]
  createdAt: string
  /** Without its message: JSON leaves that of an error out. */
  error?: Omit<WireError, 'message'> | undefined
}

/** The lanes of one client, as they stand on disk. */
export function encodeOutbox(lanes: readonly [lane: string, stored: StoredOutbox][]): string {
  return JSON.stringify(lanes)
}

/** What stands on disk is not trusted to be whole: what is no entry is left out. */
export function decodeOutbox(text: string | null | undefined): [lane: string, stored: StoredOutbox][] {
  try {
    const lanes: [string, { entries: unknown[]; errands?: [string, Errand][] }][] = JSON.parse(text ?? '[]')
    return lanes.map(([lane, stored]) => [
      lane,
      {
        ...stored,
        entries: stored.entries.filter(isEntry).map(decode),
        errands: stored.errands && [...new Map(stored.errands)],
      },
    ])
  } catch {
    return []
  }
}

/** Where the outbox of one tab stands on disk. */
export function outboxKey(widgetKey: string, tabId: string): string {
  return `chatdesk/outbox/${widgetKey}/${tabId}`
}

function isEntry(value: unknown): value is StoredEntry {
  const { clientMessageId, parts, createdAt } = (value ?? {}) as Partial<StoredEntry>
  return (
    typeof clientMessageId === 'string' &&
    // A moment that is none would stop whoever formats it.
    !Number.isNaN(Date.parse(String(createdAt))) &&
    Array.isArray(parts) &&
    parts.every((part) => typeof part?.type === 'string' && typeof part.text === 'string')
  )
}

function decode({ clientMessageId, parts, createdAt, error }: StoredEntry): OutboxEntry {
  const message = { clientMessageId, parts, createdAt }
  return error
    ? { ...message, delivery: 'failed', error: ChatError.fromWire({ ...error, message: '' }) }
    : { ...message, delivery: 'queued' }
}
