/** What one look at the page has found. */
export interface Finding {
  check: 'settings' | 'files' | 'policy' | 'visible' | 'storage' | 'connection'
  ok: boolean
  /** For the page's developer, in English. */
  says: string
}

/** Why a widget does not show, or does not connect. */
export interface Diagnosis {
  /** Nothing is wrong. */
  ok: boolean
  /** The file that says so: its address holds the version. */
  build: string
  findings: readonly Finding[]
}
