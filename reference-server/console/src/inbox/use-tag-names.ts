import type { ConversationSummary } from '@chatdesk/protocol'
import { useStore } from '@nanostores/react'
import { useEffect, useMemo } from 'react'
import { useConsole } from '../client/console-services.js'

/** Tags by their ids, asked anew when a row has one that is not known; one that was deleted has no name. */
export function useTagNames(rows: readonly ConversationSummary[]): ReadonlyMap<string, string> {
  const { directory } = useConsole()
  const { tags } = useStore(directory.$directory)
  const used = useMemo(() => [...new Set(rows.flatMap((row) => row.tagIds))].sort().join(' '), [rows])
  useEffect(() => {
    const { tags, loaded } = directory.$directory.get()
    const isKnown = used.split(' ').every((id) => tags.some((tag) => tag.id === id))
    if (used !== '' && !(loaded && isKnown)) void directory.refresh()
  }, [directory, used])
  return useMemo(() => new Map(tags.map(({ id, name }) => [id, name])), [tags])
}
