import type { Page } from '../browser-page.js'

/** A page in one tab, as far as identity looks. */
export interface FakePage extends Page {
  /** What stands in the tab's `sessionStorage`. */
  readonly tab: Map<string, string>
  /** Every cookie as it was set, with its attributes. */
  readonly setCookies: string[]
  /** Listeners that are on the page now. */
  listenerCount(): number
  fire(type: 'pagehide' | 'pageshow'): void
}

/** What a fake page may share with others or lack. */
export interface FakePageOptions {
  tab?: Map<string, string>
  local?: Map<string, string>
  cookies?: Map<string, string>
  secure?: boolean
  /** When each cookie ends. */
  expiries?: Map<string, number>
  /** Milliseconds; cookies live by it. */
  now?: () => number
  deny?: readonly ('cookies' | 'localStorage' | 'sessionStorage' | 'locks')[]
}

const held = new Map<string, Promise<unknown>>()

/** Locks of the one browser that all fake pages are in; Node 20 has none. */
async function requestLock(name: string, { signal }: LockOptions, granted: () => Promise<unknown>): Promise<void> {
  const refused = new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  refused.catch(() => {})
  while (held.has(name)) await Promise.race([held.get(name), refused])
  const end = granted()
  held.set(name, end)
  await end
  held.delete(name)
}
const fakeLocks = { request: requestLock } as unknown as LockManager

/** A page without a browser; pages of one browser share `local` and `cookies`, pages of one tab share `tab`. */
export function fakePage(options: FakePageOptions = {}): FakePage {
  const { tab = new Map(), local = new Map(), cookies = new Map(), secure = false, deny = [] } = options
  const { expiries = new Map(), now = () => 0 } = options
  const listeners = new Set<[type: string, listener: () => void]>()
  const setCookies: string[] = []
  return {
    tab,
    setCookies,
    location: { protocol: secure ? 'https:' : 'http:' },
    navigator: { locks: deny.includes('locks') ? undefined : fakeLocks },
    get localStorage() {
      if (deny.includes('localStorage')) throw new DOMException('Denied', 'SecurityError')
      return storageOn(local)
    },
    get sessionStorage() {
      if (deny.includes('sessionStorage')) throw new DOMException('Denied', 'SecurityError')
      return storageOn(tab)
    },
    document: {
      get cookie() {
        for (const [name, expiry] of expiries) if (expiry <= now()) cookies.delete(name)
        return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      },
      set cookie(text) {
        setCookies.push(text)
        if (deny.includes('cookies')) return
        const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(text) ?? []
        cookies.set(name, value)
        expiries.set(name, now() + 1000 * Number(/;Max-Age=(\d+)(;|$)/.exec(text)?.[1] ?? Number.POSITIVE_INFINITY))
      },
    },
    addEventListener: (type, listener) => void listeners.add([type, listener]),
    removeEventListener(type, listener) {
      for (const entry of listeners) if (entry[0] === type && entry[1] === listener) listeners.delete(entry)
    },
    listenerCount: () => listeners.size,
    fire(type) {
      for (const [registered, listener] of listeners) if (registered === type) listener()
    },
  }
}

function storageOn(map: Map<string, string>): Storage {
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    clear: () => map.clear(),
    key: (index) => [...map.keys()][index] ?? null,
    get length() {
      return map.size
    },
  }
}
