/** The parts of a page that identity touches; a test brings its own. */
export interface Page {
  /** Null where the browser denies it. */
  readonly localStorage: Storage | null
  readonly sessionStorage: Storage | null
  /** `document`, as far as cookies go. */
  readonly cookies: { cookie: string }
  /** Whether the page came over https. */
  readonly secure: boolean
  readonly BroadcastChannel: typeof globalThis.BroadcastChannel | undefined
  addEventListener(type: 'pagehide' | 'pageshow', listener: () => void): void
  removeEventListener(type: 'pagehide' | 'pageshow', listener: () => void): void
}

/** The page that this script runs in, or that of another window of the same origin. Reads nothing until it is asked. */
export function browserPage(view: Window & typeof globalThis = window): Page {
  return {
    get localStorage() {
      return attempt(() => view.localStorage)
    },
    get sessionStorage() {
      return attempt(() => view.sessionStorage)
    },
    cookies: view.document,
    secure: view.location.protocol === 'https:',
    BroadcastChannel: view.BroadcastChannel,
    addEventListener: (type, listener) => view.addEventListener(type, listener),
    removeEventListener: (type, listener) => view.removeEventListener(type, listener),
  }
}

/** A browser that blocks storage throws when it is merely named. */
function attempt<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
