/** The parts of `window` that identity touches; a test brings its own. */
export interface Page {
  /** Throws where the browser denies it. */
  readonly localStorage: Storage
  /** Throws where the browser denies it. */
  readonly sessionStorage: Storage
  readonly document: { cookie: string }
  readonly location: { readonly protocol: string }
  /** Locks are absent on a page without TLS, and in Safari before 15.4. */
  readonly navigator: { readonly locks?: LockManager | undefined }
  addEventListener(type: 'pagehide' | 'pageshow', listener: () => void): void
  removeEventListener(type: 'pagehide' | 'pageshow', listener: () => void): void
}

/** The page that this script runs in. */
export const browserPage = (): Page => window
