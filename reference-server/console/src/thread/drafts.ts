/** Unsent replies, by conversation. */
export interface Drafts {
  get(conversationId: string): string
  /** An empty text forgets the draft. */
  set(conversationId: string, text: string): void
  /** How many there are. */
  count(): number
  /** Forgets every draft of this member, for a sign-out on a shared computer. */
  clear(): void
}

/** Keeps drafts over a reload. A storage that refuses costs the draft its reload and nothing else. */
export function createDrafts(storage: Storage, memberId: string): Drafts {
  const prefix = `chatdesk.draft.${memberId}.`
  const unsaved = new Map<string, string>()
  const stored = () => {
    try {
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index))
      return keys.filter((key) => key?.startsWith(prefix)) as string[]
    } catch {
      // Forbidden: then nothing is there.
      return []
    }
  }
  return {
    get(conversationId) {
      const text = unsaved.get(conversationId)
      if (text !== undefined) return text
      try {
        return storage.getItem(prefix + conversationId) ?? ''
      } catch {
        return ''
      }
    },
    set(conversationId, text) {
      unsaved.set(conversationId, text)
      try {
        if (text === '') storage.removeItem(prefix + conversationId)
        else storage.setItem(prefix + conversationId, text)
      } catch {
        // Full or forbidden: `unsaved` holds it as long as the page lives.
      }
    },
    count() {
      const ids = [...stored().map((key) => key.slice(prefix.length)), ...unsaved.keys()]
      return new Set(ids.filter((id) => unsaved.get(id) !== '')).size
    },
    clear() {
      unsaved.clear()
      for (const key of stored()) storage.removeItem(key)
    },
  }
}
