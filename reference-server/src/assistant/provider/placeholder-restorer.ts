import { restore, type Vault } from '../redaction/redact.js'

/** Puts back in a stream what was replaced in the prompt. */
export interface PlaceholderRestorer {
  /** What can be said of it by now: the beginning of what may become a placeholder is kept back. */
  push(text: string): string
  /** What was kept back. */
  end(): string
}

/** The beginning of a placeholder at the end of a text. No placeholder is longer. */
const BEGUN = /\[[A-Z_\d]{0,24}$/

/** A restorer for one answer. */
export function createPlaceholderRestorer(vault: Vault): PlaceholderRestorer {
  let kept = ''
  return {
    push(text) {
      const whole = kept + text
      const begun = BEGUN.exec(whole)
      kept = begun?.[0] ?? ''
      return restore(begun ? whole.slice(0, begun.index) : whole, vault)
    },
    end() {
      const rest = restore(kept, vault)
      kept = ''
      return rest
    },
  }
}
