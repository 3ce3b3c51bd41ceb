import type { ConversationVisitor } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { FileText, MousePointerClick } from 'lucide-react'
import { useState } from 'react'
import { useConsole } from '../client/console-services.js'
import { fullTime, listTime } from '../text/format-time.js'
import { safeLink } from '../text/safe-link.js'
import styles from './context-panel.module.css'

/** Shown before anybody asks for more. */
const FIRST = 5
const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const

type TrackedEvent = ConversationVisitor['events'][number]

/** Where the visitor has been on the site and what they did there, the latest first (K1). */
export function VisitorActivity({ events }: { events: readonly TrackedEvent[] }) {
  const { $now } = useConsole()
  const now = useStore($now)
  const [all, setAll] = useState(false)
  if (events.length === 0) return null
  const latest = [...events].reverse()
  return (
    <section className={styles.section} aria-label="Pages and events">
      <h3>Pages and events</h3>
      <ol className={styles.activity}>
        {(all ? latest : latest.slice(0, FIRST)).map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two of them may be the same in all else
          <li key={`${event.at} ${index}`}>
            {event.page ? <FileText {...ICON} /> : <MousePointerClick {...ICON} />}
            <span className={styles.deed}>
              <EventWords event={event} />
            </span>
            <time dateTime={event.at} title={fullTime(event.at)}>
              {listTime(event.at, now)}
            </time>
          </li>
        ))}
      </ol>
      {!all && latest.length > FIRST && (
        <Button size="compact-sm" fz={13} variant="subtle" onClick={() => setAll(true)}>
          Show all {latest.length}
        </Button>
      )}
    </section>
  )
}

function EventWords({ event: { page, name, properties } }: { event: TrackedEvent }) {
  if (page) {
    const link = safeLink(page.url)
    const words = page.title ?? link?.label ?? page.url
    return link ? (
      <a href={link.href} title={link.href} target="_blank" rel="noopener noreferrer">
        <bdi>{words}</bdi>
      </a>
    ) : (
      <bdi>{words}</bdi>
    )
  }
  const details = Object.entries(properties ?? {}).map(([key, value]) => `${key}: ${value}`)
  return (
    <>
      <bdi>{name}</bdi>
      {details.length > 0 && <small dir="auto">{details.join(' · ')}</small>}
    </>
  )
}
