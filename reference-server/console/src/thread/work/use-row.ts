import type { ConversationSummary } from '@chatdesk/protocol'
import { useStore } from '@nanostores/react'
import { useCallback, useEffect, useState } from 'react'
import { useConsole } from '../../client/console-services.js'

/** The row of a conversation, and how to hand in what an answer has told of it. */
export interface ShownRow {
  row: ConversationSummary | undefined
  learn(row: ConversationSummary): void
}

/** The newest that is known of a conversation's row (I1); one that the inbox does not hold is fetched. */
export function useRow(conversationId: string): ShownRow {
  const { client, admin } = useConsole()
  const { loaded } = useStore(client.$inboxState)
  const listed = useStore(client.$inbox).find(({ id }) => id === conversationId)
  const [told, setTold] = useState<ConversationSummary>()
  const learn = useCallback(
    (row: ConversationSummary) => setTold((before) => (before && before.version > row.version ? before : row)),
    [],
  )
  const absent = loaded && listed === undefined
  useEffect(() => {
    // Without its row a conversation still shows its log; where there is no such conversation, the thread says so.
    if (absent) admin.teamWork.conversation(conversationId).then(learn, () => undefined)
  }, [absent, admin, conversationId, learn])
  return { row: told && (!listed || told.version > listed.version) ? told : listed, learn }
}
