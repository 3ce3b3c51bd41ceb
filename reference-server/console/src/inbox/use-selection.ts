import type { ConversationSummary } from '@chatdesk/protocol'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

/** The server takes no more at once. */
const MOST = 100

/** Which rows are selected, in their order. */
export interface Selection {
  ids: readonly string[]
  /** `range`: all from the one that was chosen last to this one. */
  toggle(id: string, range: boolean): void
  clear(): void
}

/** Selection among the rows that are shown: what leaves the view is not selected any more. */
export function useSelection(rows: readonly ConversationSummary[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const last = useRef<string | undefined>(undefined)
  const shown = useRef(rows)
  shown.current = rows
  const ids = useMemo(() => rows.filter(({ id }) => chosen.has(id)).map(({ id }) => id), [rows, chosen])
  // Otherwise it would be selected again, unasked, when it comes back.
  useEffect(() => {
    const here = new Set(rows.map(({ id }) => id))
    setChosen((before) => {
      const after = [...before].filter((id) => here.has(id))
      return after.length === before.size ? before : new Set(after)
    })
  }, [rows])
  return {
    ids,
    toggle: useCallback((id: string, range: boolean) => {
      const order = shown.current.map((row) => row.id)
      const [from, to] = [order.indexOf(last.current ?? id), order.indexOf(id)].sort((a, b) => a - b) as [
        number,
        number,
      ]
      setChosen((before) => {
        const after = new Set(before)
        if (range && from >= 0) for (const one of order.slice(from, to + 1)) after.add(one)
        else if (!after.delete(id)) after.add(id)
        return new Set([...after].slice(0, MOST))
      })
      last.current = id
    }, []),
    clear: useCallback(() => setChosen(new Set()), []),
  }
}
