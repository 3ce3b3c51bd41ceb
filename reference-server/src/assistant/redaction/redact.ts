import { normalise } from '../language/normalise.js'
import type { PersonalKind } from './found.js'
import { findPersonalData } from './personal-data.js'

/** What stands for what in one conversation: `[EMAIL_1]` → the address. It stays on the server, and is never logged. */
export type Vault = ReadonlyMap<string, string>

/** A text for a provider, and what is needed to read what the provider answers. */
export interface Redacted {
  text: string
  vault: Vault
  /** How many of each kind were replaced: what may be logged. */
  counts: Partial<Record<PersonalKind, number>>
}

const PLACEHOLDER = /\[([A-Z]+(?:_[A-Z]+)?_\d{1,4})\]/g

/**
 * Replaces personal data by placeholders; the same value has the same one throughout a conversation, whose `vault` goes in and comes
 * out. A visitor who writes what looks like a placeholder gets none: its brackets are made round.
 */
export function redact(text: string, vault: Vault = new Map()): Redacted {
  const plain = normalise(text).replace(PLACEHOLDER, '($1)')
  const known = new Map(vault)
  const names = new Map([...vault].map(([placeholder, value]) => [value, placeholder]))
  const counts: Redacted['counts'] = {}
  let redacted = ''
  let from = 0
  for (const found of findPersonalData(plain)) {
    const value = plain.slice(found.from, found.to)
    const placeholder = names.get(value) ?? nextPlaceholder(found.kind, known)
    known.set(placeholder, value)
    names.set(value, placeholder)
    counts[found.kind] = (counts[found.kind] ?? 0) + 1
    redacted += plain.slice(from, found.from) + placeholder
    from = found.to
  }
  return { text: redacted + plain.slice(from), vault: known, counts }
}

/** Puts back what was replaced, in one pass: what a value looks like is not read again. Unknown placeholders stay as they are. */
export function restore(text: string, vault: Vault): string {
  return text.replace(PLACEHOLDER, (placeholder) => vault.get(placeholder) ?? placeholder)
}

function nextPlaceholder(kind: PersonalKind, vault: ReadonlyMap<string, string>): string {
  const prefix = `[${kind.toUpperCase()}_`
  const taken = [...vault.keys()].filter((placeholder) => placeholder.startsWith(prefix)).length
  return `${prefix}${taken + 1}]`
}
