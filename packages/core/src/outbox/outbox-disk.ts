import { ChatError, type MessagePart, type WireError } from '@chatdesk/protocol'
import { createDeferred } from '../platform/deferred.js'
import type { Clock, KeyValueStorage } from '../ports.js'
import type { OutboxEntry } from '../state/conversation-state.js'

/** A disk that has not answered by then, in milliseconds, is given up: browsers are known to hang here. */
const PATIENCE_MS = 3_000

/** What stands on disk of one conversation's outbox. */
export interface StoredOutbox {
  /** Makes a repeated start of the visitor's conversation harmless (C2). */
  clientConversationId?: string | undefined
  entries: readonly OutboxEntry[]
}

interface StoredEntry {
  clientMessageId: string
  parts: MessagePart[]
  createdAt: string
  error?: WireError | undefined
}

/** The unsent messages of one client, by conversation, under one key. */
export interface OutboxDisk {
  /** Reads what an earlier page left under `key`. Nothing is written before. Never rejects. */
  open(key: string): Promise<void>
  /** What stands under a lane: a conversation's id, or `visitor`. Until it is read, no write takes it away. */
  read(lane: string): StoredOutbox
  /** Lanes with entries. */
  lanes(): string[]
  /** Resolves when it is on disk, or when the disk has failed and memory has to do. Never rejects. */
  write(lane: string, outbox: StoredOutbox): Promise<void>
}

/** `onFailure` is called once, when the disk refuses; from then on memory has to do. */
export function createOutboxDisk(
  storage: KeyValueStorage | undefined,
  clock: Clock,
  onFailure: (cause: unknown) => void,
): OutboxDisk {
  const lanes = new Map<string, StoredOutbox>()
  /** What an earlier page left and nobody has read yet. */
  const unread = new Map<string, StoredOutbox>()
  const opened = createDeferred<void>()
  let disk = storage
  let key = ''
  let queue: Promise<void> = opened.promise
  let version = 0
  let written = 0

  const names = () => [...new Set([...unread.keys(), ...lanes.keys()])]

  function merged(lane: string): StoredOutbox {
    const [earlier, later] = [unread.get(lane), lanes.get(lane)]
    return {
      clientConversationId: earlier?.clientConversationId ?? later?.clientConversationId,
      entries: [...(earlier?.entries ?? []), ...(later?.entries ?? [])],
    }
  }

  /** Runs one access; a failure or a hang ends the use of the disk for good. */
  async function use<T>(access: (disk: KeyValueStorage) => T | Promise<T>): Promise<T | undefined> {
    if (!disk) return undefined
    const late = createDeferred<never>()
    const cancel = clock.setTimeout(() => late.reject(new Error('The storage did not answer in time.')), PATIENCE_MS)
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
    // A write that came meanwhile took this one along.
    if (written === version) return
    const flushed = version
    const all = names().map((lane) => [lane, encode(merged(lane))])
    const text = all.length > 0 ? JSON.stringify(all) : null
    await use((open) => (text === null ? open.remove(key) : open.set(key, text)))
    written = flushed
  }

  return {
    async open(name) {
      key = name
      for (const [lane, stored] of parse(await use((open) => open.get(key)))) unread.set(lane, stored)
      opened.resolve()
    },
    read(lane) {
      const outbox = merged(lane)
      if (unread.delete(lane)) lanes.set(lane, outbox)
      return outbox
    },
    lanes: names,
    write(lane, outbox) {
      version += 1
      if (outbox.entries.length > 0) lanes.set(lane, outbox)
      else lanes.delete(lane)
      queue = queue.then(flush)
      return queue
    },
  }
}

function encode({ clientConversationId, entries }: StoredOutbox) {
  return {
    clientConversationId,
    entries: entries.map(({ clientMessageId, parts, createdAt, error }) => ({
      clientMessageId,
      parts,
      createdAt,
      error: error?.toWire(),
    })),
  }
}

/** What stands on disk is not trusted to be whole: an entry that is none is left out. */
function parse(text: string | null | undefined): [string, StoredOutbox][] {
  let stored: unknown
  try {
    stored = JSON.parse(text ?? '[]')
  } catch {
    return []
  }
  if (!Array.isArray(stored)) return []
  return stored.flatMap((pair): [string, StoredOutbox][] => {
    const [lane, outbox] = Array.isArray(pair) ? pair : []
    if (typeof lane !== 'string' || !Array.isArray(outbox?.entries)) return []
    const { clientConversationId } = outbox
    const entries = outbox.entries.filter(isEntry).map(decode)
    return [
      [
        lane,
        { entries, clientConversationId: typeof clientConversationId === 'string' ? clientConversationId : undefined },
      ],
    ]
  })
}

function isEntry(value: unknown): value is StoredEntry {
  const { clientMessageId, parts, createdAt } = (value ?? {}) as Partial<StoredEntry>
  return (
    typeof clientMessageId === 'string' &&
    // A moment that is none would stop whoever formats it.
    !Number.isNaN(Date.parse(String(createdAt))) &&
    Array.isArray(parts) &&
    parts.every((part) => part?.type === 'text' && typeof part.text === 'string')
  )
}

function decode({ clientMessageId, parts, createdAt, error }: StoredEntry): OutboxEntry {
  const message = { clientMessageId, parts, createdAt }
  return error
    ? { ...message, delivery: 'failed', error: ChatError.fromWire(error) }
    : { ...message, delivery: 'queued' }
}
