import type { Page } from './browser-page.js'
import { newId } from './new-id.js'
import { readTabRecord, type TabRecord, tabRecordKey, writeTabRecord } from './tab-record.js'

/** One tab on one widget, from `openTabSession` to `dispose`. */
export interface TabSession {
  /** Survives a reload and a crash; a duplicated tab has another. */
  readonly tabId: string
  /** The session token that was remembered in this tab. */
  readonly token: string | undefined
  remember(token: string): void
  /** Lets go of the tab id, as leaving the page does; the next `openTabSession` in this tab gets it. */
  dispose(): void
}

/** Longest wait for the answer of a live page. Only after a crash does anybody wait so long. */
const ANSWER_MS = 300

/**
 * Opens this tab's session. A page that is left marks its tab id as released, so a reload finds it free and takes it.
 * One that is found in use was copied (Duplicate, `window.open`) or crashed: live pages are asked, and when one
 * holds the id, this tab takes a new one and drops the copied token. Without `BroadcastChannel` nobody can be asked:
 * a new id then, for two tabs must never share one.
 */
export async function openTabSession(page: Page, widgetKey: string): Promise<TabSession> {
  const channelName = tabRecordKey(widgetKey)
  const stored = readTabRecord(page, widgetKey)
  const taken = stored?.inUse && (await isHeldElsewhere(page, channelName, stored.tabId))
  let record: TabRecord = stored && !taken ? stored : { tabId: newId(), inUse: true }
  let channel: BroadcastChannel | undefined
  const { tabId } = record

  function write(changes: Partial<TabRecord>): void {
    record = { ...record, ...changes }
    writeTabRecord(page, widgetKey, record)
  }
  function hold(): void {
    // In the back-forward cache, another page of this tab may have written a newer token.
    const newest = readTabRecord(page, widgetKey)
    if (newest?.tabId === tabId) record = newest
    write({ inUse: true })
    channel ??= openChannel(page, channelName)
    channel?.addEventListener('message', answer)
  }
  function answer({ data }: MessageEvent): void {
    if (data?.ask === tabId) channel?.postMessage({ held: tabId })
  }
  function release(): void {
    write({ inUse: false })
    // An open channel would keep the page out of the back-forward cache of some browsers.
    channel?.close()
    channel = undefined
  }

  hold()
  page.addEventListener('pagehide', release)
  page.addEventListener('pageshow', hold)
  return {
    tabId,
    get token() {
      return record.token
    },
    remember: (token) => write({ token }),
    dispose() {
      page.removeEventListener('pagehide', release)
      page.removeEventListener('pageshow', hold)
      release()
    },
  }
}

/** Asks the live pages of this origin. */
function isHeldElsewhere(page: Page, channelName: string, tabId: string): Promise<boolean> {
  const channel = openChannel(page, channelName)
  if (!channel) return Promise.resolve(true)
  return new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), ANSWER_MS)
    channel.addEventListener('message', ({ data }) => {
      if (data?.held !== tabId) return
      clearTimeout(timer)
      resolve(true)
    })
    channel.postMessage({ ask: tabId })
  }).finally(() => channel.close())
}

function openChannel(page: Page, name: string): BroadcastChannel | undefined {
  try {
    return page.BroadcastChannel && new page.BroadcastChannel(name)
  } catch {
    // Denied together with storage.
    return undefined
  }
}
