/** Unsent replies, by conversation. */
export interface Drafts {
  get(conversationId: string): string
  /** An empty text forgets the draft. */
  set(conversationId: string, text: string): void
  /** Forgets every draft of this member, for a sign-out on a shared computer. */
  clear(): void
}

/** Keeps drafts over a reload. A storage that refuses costs the draft its reload and nothing else. */
export function createDrafts(storage: Storage, memberId: string): Drafts {
  const prefix = `chatdesk.draft.${memberId}.`
  const unsaved = new Map<string, string>()
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
    clear() {
      unsaved.clear()
      try {
        const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index))
        for (const key of keys) if (key?.startsWith(prefix)) storage.removeItem(key)
      } catch {
        // As above: then there is nothing to forget.
      }
    },
  }
}
