import type { SaidPart } from '@chatdesk/protocol'
import type { Awaitable, KeyValueStorage } from '../ports.js'
import type { OutboxEntry } from '../state/conversation-state.js'
import { decodeOutbox, encodeOutbox, outboxKey, type StoredOutbox } from './outbox-disk.js'

/** What a tab needs to send what others have left. */
export interface AdoptOptions {
  /** Address of the server's mount point. */
  url: string
  widgetKey: string
  fetch: typeof globalThis.fetch
  /** Where all tabs of this widget keep their outboxes. */
  storage: KeyValueStorage & { keys(): Awaitable<readonly string[]> }
  /** Runs while the tab of this id is gone and stays gone; does nothing when it is alive, or nobody can tell. */
  whileGone(tabId: string, run: () => Promise<void>): Promise<void>
  /** Milliseconds since the epoch. */
  now(): number
  /** `adoptEntries` of this tab's client. */
  adopt(
    entries: readonly OutboxEntry[],
    visitorId: string | undefined,
    errands: StoredOutbox['errands'],
  ): Promise<boolean>
}

/** As long as a session lasts on the server, in milliseconds: what is older than that can go nowhere. */
const KEPT_MS = 30 * 24 * 3_600_000

/** What became of a message: in the log · not now · never, for this token. */
type Outcome = 'done' | 'later' | 'refused'

/**
 * Delivers what tabs that are gone could not send. A conversation that had begun gets its messages by its send token, which
 * reads nothing: the tabs stay apart (threat 3). Messages without a conversation become this tab's own, if it has none either.
 * Safe at any time and in any number of tabs: a message keeps its id, so twice is once (Q3). Rejects when the disk fails.
 */
export async function adoptOutboxes(options: AdoptOptions): Promise<void> {
  const { widgetKey, storage, whileGone } = options
  const prefix = outboxKey(widgetKey, '')
  for (const key of await storage.keys()) {
    if (!key.startsWith(prefix)) continue
    const tabId = key.slice(prefix.length)
    let found: [string, StoredOutbox][] = []
    await whileGone(tabId, async () => {
      found = decodeOutbox(await storage.get(key))
    })
    // A page that is reloaded waits a moment for its id and not for a network. What it sends itself by now is there once (Q3).
    const done = new Set<string>()
    const refused = new Set<string>()
    for (const [lane, stored] of found) if ((await deliver(options, stored, done)) === 'refused') refused.add(lane)
    await whileGone(tabId, async () => {
      const left: [string, StoredOutbox][] = []
      for (const [lane, stored] of decodeOutbox(await storage.get(key))) {
        const entries = unsent(options, stored).filter(({ clientMessageId }) => !done.has(clientMessageId))
        // What a user has written goes to their conversation or nowhere: whoever is here now may be somebody else (threat 13).
        const belongs = stored.user || (stored.conversationId && stored.sendToken && !refused.has(lane))
        const isTaken = !belongs && (await options.adopt(entries, stored.visitorId, stored.errands))
        if (!isTaken && entries.length > 0) left.push([lane, { ...stored, entries }])
      }
      await (left.length > 0 ? storage.set(key, encodeOutbox(left)) : storage.remove(key))
    })
  }
}

/** What was refused was shown to its author. */
function unsent({ now }: AdoptOptions, { entries }: StoredOutbox): readonly OutboxEntry[] {
  return entries.filter(({ delivery, createdAt }) => delivery !== 'failed' && now() - Date.parse(createdAt) < KEPT_MS)
}

/** In their order: what follows one that cannot go now has to wait as well (Q7). Adds to `done` what is in the log. */
async function deliver(options: AdoptOptions, stored: StoredOutbox, done: Set<string>): Promise<Outcome> {
  const { conversationId, sendToken } = stored
  if (!conversationId || !sendToken) return 'later'
  for (const entry of unsent(options, stored)) {
    const outcome = await post(options, conversationId, sendToken, entry)
    if (outcome !== 'done') return outcome
    done.add(entry.clientMessageId)
  }
  return 'done'
}

async function post(
  { url, fetch }: AdoptOptions,
  conversationId: string,
  sendToken: string,
  { clientMessageId, parts }: { clientMessageId: string; parts: readonly SaidPart[] },
): Promise<Outcome> {
  try {
    const { ok, status } = await fetch(
      `${url}/api/widget/conversations/${encodeURIComponent(conversationId)}/messages`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${sendToken}` },
        body: JSON.stringify({ clientMessageId, parts }),
        credentials: 'omit',
      },
    )
    if (ok) return 'done'
    return status === 429 || status >= 500 ? 'later' : 'refused'
  } catch {
    return 'later'
  }
}
