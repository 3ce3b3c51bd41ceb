import type { AdministeredWidget } from '@chatdesk/protocol'
import { useStore } from '@nanostores/react'
import admin from '../admin/admin.module.css'
import { useConsole } from '../client/console-services.js'
import { fullTime } from '../text/format-time.js'

/** Until when the key before this one works; null: it does no longer, or there was none. */
export function useOldKeyUntil({ previousKeyUntil }: AdministeredWidget): string | null {
  const now = useStore(useConsole().$now)
  return previousKeyUntil !== null && Date.parse(previousKeyUntil) > now ? previousKeyUntil : null
}

/** Says how much time is left to put in a new key. */
export function OldKeyNotice({ widget }: { widget: AdministeredWidget }) {
  const until = useOldKeyUntil(widget)
  if (until === null) return null
  return (
    <p className={admin.noteLate}>
      The key was replaced. Pages with the old one work until <time dateTime={until}>{fullTime(until)}</time>.
    </p>
  )
}
