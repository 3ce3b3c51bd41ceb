import type { ConversationSummary } from '@chatdesk/protocol'
import { useMemo } from 'react'
import { useLoaded } from '../admin/use-loaded.js'
import { useConsole } from '../client/console-services.js'

/** Tags by their ids, asked anew when a row has one that is not known; one that was deleted has no name. */
export function useTagNames(rows: readonly ConversationSummary[]): ReadonlyMap<string, string> {
  const { admin } = useConsole()
  const used = useMemo(() => [...new Set(rows.flatMap((row) => row.tagIds))].sort().join(' '), [rows])
  const { state } = useLoaded(() => admin.inbox.tags(), used)
  return useMemo(() => new Map(state.status === 'loaded' ? state.value.map(({ id, name }) => [id, name]) : []), [state])
}
