import { decodeOutbox, type OutboxDisk, type StoredOutbox } from '../outbox/outbox-disk.js'
import type { Awaitable, KeyValueStorage } from '../ports.js'
import type { OutboxEntry } from '../state/conversation-state.js'

/** The other tabs of an agent's browser. */
export interface OtherTabs {
  /** Every key of the storage. */
  keys(): Awaitable<readonly string[]>
  /** Runs while the tab of this id is gone and stays gone; does nothing when it is alive, or nobody can tell. */
  whileGone(tabId: string, run: () => Promise<void>): Promise<void>
}

/** What the outboxes of one agent in one browser are made of. */
export interface AgentOutboxesOptions {
  disk: OutboxDisk
  storage: KeyValueStorage | undefined
  otherTabs: OtherTabs | undefined
  tabId: string
  /** Under what the outboxes of all tabs of this agent stand; null while that is not known. */
  prefix: () => string | null
  /** Whether what is written goes to disk. */
  isKept: () => boolean
  /** Goes on with what another tab has left in a conversation. */
  take: (conversationId: string, stored: StoredOutbox) => Promise<unknown>
}

/** What an agent has written in one browser, in whatever tab (C22). */
export interface AgentOutboxes {
  /**
   * Takes over what tabs that are gone have left. A message keeps its id, so that one which is taken twice is sent once (Q3).
   * Rejects when the disk fails.
   */
  adopt(): Promise<void>
  /** How many messages are in no log, refused ones among them. */
  countUnsent(): Promise<number>
  /** Removes them from the disk, whichever tab has written them. */
  forget(): Promise<void>
}

/** One for each agent's client. */
export function createAgentOutboxes(options: AgentOutboxesOptions): AgentOutboxes {
  const { disk, storage, otherTabs, tabId, prefix, isKept, take } = options

  /** The tabs that have something on disk, this one left out. */
  async function others(): Promise<{ key: string; tabId: string }[]> {
    const start = prefix()
    if (start === null) return []
    const keys = ((await otherTabs?.keys()) ?? []).filter((key) => key.startsWith(start) && key !== start + tabId)
    return keys.map((key) => ({ key, tabId: key.slice(start.length) }))
  }

  const read = async (key: string) => decodeOutbox(await storage?.get(key))

  return {
    async adopt() {
      for (const { key, tabId } of await others())
        await otherTabs?.whileGone(tabId, async () => {
          for (const [conversationId, stored] of await read(key)) await take(conversationId, stored)
          await disk.idle()
          // In memory alone it would end with this page.
          if (isKept()) await storage?.remove(key)
        })
    },
    async countUnsent() {
      const lanes = [...disk.lanes]
      for (const { key } of await others()) lanes.push(...(await read(key)))
      return new Set(lanes.flatMap(([, { entries }]) => entries.filter(isUnsent)).map((entry) => entry.clientMessageId))
        .size
    },
    async forget() {
      for (const conversationId of [...disk.lanes.keys()]) void disk.write(conversationId, { entries: [] })
      await disk.idle()
      for (const { key } of await others()) await storage?.remove(key)
    },
  }
}

/** `sent`: in the log, though it was not read there yet. */
function isUnsent({ delivery }: OutboxEntry): boolean {
  return delivery !== 'sent'
}

/** What two outboxes of one conversation are together: where a message stands in both, as the second has it. */
export function mergeStored(first: StoredOutbox, second: StoredOutbox | undefined): StoredOutbox {
  const entries = new Map([...first.entries, ...(second?.entries ?? [])].map((entry) => [entry.clientMessageId, entry]))
  return { ...first, ...second, entries: [...entries.values()], seen: { ...first.seen, ...second?.seen } }
}
