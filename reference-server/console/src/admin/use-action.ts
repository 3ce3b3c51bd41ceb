import { ChatError } from '@chatdesk/protocol'
import { useState } from 'react'

/** Something that the server is asked to do, one at a time. */
export interface Action {
  busy: boolean
  error: ChatError | null
  /** Whether it was done; the refusal stands in `error`. */
  run(act: () => Promise<unknown>): Promise<boolean>
  clear(): void
}

export function useAction(): Action {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ChatError | null>(null)
  return {
    busy,
    error,
    async run(act) {
      setBusy(true)
      setError(null)
      try {
        await act()
        return true
      } catch (refusal) {
        if (!ChatError.isInstance(refusal)) throw refusal
        setError(refusal)
        return false
      } finally {
        setBusy(false)
      }
    },
    clear: () => setError(null),
  }
}
