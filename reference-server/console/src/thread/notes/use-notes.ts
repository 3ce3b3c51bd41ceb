import { ChatError, type ConversationSummary, type Note } from '@chatdesk/protocol'
import { useStore } from '@nanostores/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useConsole } from '../../client/console-services.js'

/** What the team has written among itself in a conversation. */
export interface Notes {
  /** The oldest first. */
  notes: readonly Note[]
  /** Why they are not there, or a change of one was refused. */
  error: ChatError | null
  /** Rejects with the refusal; the same id again writes nothing twice. */
  add(note: { id: string; text: string; mentions: string[] }): Promise<void>
  remove(noteId: string): Promise<void>
  reload(): void
}

/** Loads the notes with the conversation, and anew when its row says that the team has done something (C18). */
export function useNotes(conversationId: string, row: ConversationSummary | undefined): Notes {
  const { admin, client } = useConsole()
  const isOnline = useStore(client.$connection).status === 'online'
  const [notes, setNotes] = useState<readonly Note[]>([])
  const [error, setError] = useState<ChatError | null>(null)
  const [attempt, setAttempt] = useState(0)
  const reload = useCallback(() => setAttempt((count) => count + 1), [])

  // A message changes the row as well, and then there is nothing new here.
  const known = useRef(row)
  const version = useRef(0)
  const before = known.current
  if (row && (row.notes !== before?.notes || (row.version !== before.version && row.headSeq === before.headSeq)))
    version.current += 1
  known.current = row

  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these may bring news
  useEffect(() => {
    let wanted = true
    admin.teamWork.notes(conversationId).then(
      (loaded) => {
        if (!wanted) return
        setNotes(loaded)
        setError(null)
      },
      (refusal: unknown) => {
        if (!ChatError.isInstance(refusal)) throw refusal
        if (wanted) setError(refusal)
      },
    )
    return () => {
      wanted = false
    }
  }, [admin, conversationId, attempt, version.current, isOnline])

  return {
    notes,
    error,
    reload,
    async add(note) {
      const written = await admin.teamWork.addNote(conversationId, note)
      setNotes((held) => (held.some(({ id }) => id === written.id) ? held : [...held, written]))
    },
    async remove(noteId) {
      try {
        await admin.teamWork.deleteNote(conversationId, noteId)
        setNotes((held) => held.filter(({ id }) => id !== noteId))
      } catch (refusal) {
        if (!ChatError.isInstance(refusal)) throw refusal
        setError(refusal)
      }
    },
  }
}
