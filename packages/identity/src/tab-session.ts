import { browserPage, type Page } from './browser-page.js'
import { newId } from './new-id.js'
import { readTabRecord, type TabRecord, tabRecordKey, writeTabRecord } from './tab-record.js'

/** One tab on one widget, from `openTabSession` to `dispose`. */
export interface TabSession {
  /** Survives a reload and a crash; a duplicated tab has another. */
  readonly tabId: string
  /** The session token that was remembered in this tab. */
  readonly token: string | undefined
  /** The visitor token that was; a duplicated tab has it, too. */
  readonly visitorToken: string | undefined
  remember(issued: Pick<TabRecord, 'token' | 'visitorToken'>): void
  /** Lets go of the tab id, as leaving the page does; the next `openTabSession` in this tab gets it. */
  dispose(): void
}

/** Lets go of a tab id. */
type Release = () => void

/**
 * Longest wait for an id that another page holds. A page that was left lets go of it only when the browser has taken it down,
 * a moment after its successor asks: seconds on a slow device, and whoever gives up then has lost the conversation that they
 * saw. A copy comes from a page that lives, and is seldom kept waiting: only one of a page that was left already is.
 */
const PATIENCE_MS = { left: 10_000, unknown: 1_000 }

/**
 * Opens this tab's session. A page holds a lock on its tab id for as long as it lives, so a reload or a crash leaves the id
 * free, and a copied one (Duplicate, `window.open`) is found in use: this tab takes a new id then, and drops the copied token.
 * Without locks the record says whether the page before was left in order; if not, nobody knows, and a new id is taken:
 * two tabs must never share one.
 *
 * @param mayStore asked before every look into the tab's storage; while it says no, this page alone knows its id.
 */
export async function openTabSession(page: Page, widgetKey: string, mayStore: () => boolean): Promise<TabSession> {
  const read = () => (mayStore() ? readTabRecord(page, widgetKey) : undefined)
  const stored = read()
  const { locks } = page.navigator
  const claim = (tabId: string, patience: number) => claimLock(locks, lockName(widgetKey, tabId), patience)
  const { left, unknown } = PATIENCE_MS
  const release =
    stored && (locks ? await claim(stored.tabId, stored.inUse ? unknown : left) : !stored.inUse && (() => {}))
  let record: TabRecord =
    stored && release ? stored : { tabId: newId(), inUse: true, visitorToken: stored?.visitorToken }
  const { tabId } = record
  let held: Promise<Release | undefined> | undefined = release ? Promise.resolve(release) : undefined

  function write(changes: Partial<TabRecord>): void {
    record = { ...record, ...changes }
    if (mayStore()) writeTabRecord(page, widgetKey, record)
  }
  function hold(): void {
    // In the back-forward cache, another page of this tab may have written a newer token.
    const newest = read()
    if (newest?.tabId === tabId) record = newest
    write({ inUse: true })
    held ??= claim(tabId, unknown)
  }
  function leave(): void {
    write({ inUse: false })
    // A lock would keep the page out of the back-forward cache of some browsers.
    void held?.then((release) => release?.())
    held = undefined
  }

  hold()
  page.addEventListener('pagehide', leave)
  page.addEventListener('pageshow', hold)
  return {
    tabId,
    get token() {
      return record.token
    },
    get visitorToken() {
      return record.visitorToken
    },
    remember: write,
    dispose() {
      page.removeEventListener('pagehide', leave)
      page.removeEventListener('pageshow', hold)
      leave()
    },
  }
}

/**
 * Runs while no page lives under this tab id, and keeps it free until it is done. Does nothing otherwise, or where nobody can
 * tell because there are no locks.
 */
export async function whileTabIsGone(
  widgetKey: string,
  tabId: string,
  run: () => Promise<void>,
  page: Page = browserPage(),
): Promise<void> {
  await page.navigator.locks?.request(lockName(widgetKey, tabId), { ifAvailable: true }, async (lock) => {
    if (lock) await run()
  })
}

/** Whoever holds this lock is the tab of this id. */
const lockName = (widgetKey: string, tabId: string) => `${tabRecordKey(widgetKey)}/${tabId}`

/** Holds a lock until the result is called; undefined when another page keeps it, or locks are denied together with storage. */
function claimLock(locks: LockManager | undefined, name: string, patienceMs: number): Promise<Release | undefined> {
  return new Promise((resolve) => {
    const patience = new AbortController()
    setTimeout(() => patience.abort(), patienceMs)
    const granted = () => new Promise<void>(resolve)
    locks?.request(name, { signal: patience.signal }, granted).catch(() => resolve(undefined))
  })
}
