const KEY = 'chatdesk.tab'
/** Longest wait for a name that another page holds, in milliseconds: a duplicated tab starts that much later. */
const PATIENCE_MS = 300

/** Where the name of a tab is kept, and what tells whether another tab has it. */
export interface TabIdOptions {
  storage: Pick<Storage, 'getItem' | 'setItem'>
  /** Absent on a page without TLS: a duplicated tab then shares its original's outbox, whose messages are sent once all the same (Q3). */
  locks: LockManager | undefined
}

/** Names this tab: the same name after a reload, a new one for a duplicate. It keeps two tabs out of each other's outbox. */
export async function claimTabId({ storage, locks }: TabIdOptions): Promise<string> {
  const kept = read(storage)
  if (kept !== null && (await claim(kept, locks))) return kept
  const id = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  await claim(id, locks)
  try {
    storage.setItem(KEY, id)
  } catch {
    // The name then ends with the page.
  }
  return id
}

/** Runs while no page has this name, and keeps it free until it is done; not at all where nobody can tell. */
export async function whileTabIsGone(
  id: string,
  run: () => Promise<void>,
  locks: LockManager | undefined,
): Promise<void> {
  await locks?.request(lockName(id), { ifAvailable: true }, async (lock) => {
    if (lock) await run()
  })
}

/** Whoever holds this lock is the tab of this name. */
const lockName = (id: string) => `${KEY}.${id}`

function read(storage: TabIdOptions['storage']): string | null {
  try {
    return storage.getItem(KEY)
  } catch {
    return null
  }
}

/** Holds a lock on the name until the page goes. The page before a reload may let go of it a moment later than this one asks. */
function claim(id: string, locks: LockManager | undefined): Promise<boolean> {
  if (!locks) return Promise.resolve(true)
  return new Promise((resolve) => {
    locks
      .request(lockName(id), { signal: AbortSignal.timeout(PATIENCE_MS) }, () => {
        resolve(true)
        return new Promise(() => undefined)
      })
      .catch(() => resolve(false))
  })
}
