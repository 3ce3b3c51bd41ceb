import type { KnownVisitor } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { BadgeCheck } from 'lucide-react'
import { Link } from 'wouter'
import admin from '../admin/admin.module.css'
import { DataTable } from '../admin/data-table.js'
import { mayWrite, useConsole } from '../client/console-services.js'
import { fullTime } from '../text/format-time.js'
import { safeLink } from '../text/safe-link.js'

/** Options of `VisitorsTable`. */
export interface VisitorsTableProps {
  /** In the server's order: a page of many, which no column may put in another. */
  visitors: readonly KnownVisitor[]
  onContact(visitor: KnownVisitor): void
}

/** Visitors, where they were, and the way to each. */
export function VisitorsTable({ visitors, onContact }: VisitorsTableProps) {
  return (
    <DataTable
      label="Visitors"
      rows={visitors}
      rowKey={({ id }) => id}
      columns={[
        { title: 'Name', cell: (visitor) => <Name visitor={visitor} /> },
        {
          title: 'Email',
          from: 'tablet',
          cell: ({ email, emailClaimed }) =>
            email === null ? (
              '–'
            ) : (
              <span title={emailClaimed ? 'As they or the page have said' : undefined}>{email}</span>
            ),
        },
        { title: 'Last page', from: 'desktop', cell: ({ pageUrl }) => <Page url={pageUrl} /> },
        {
          title: 'Last seen',
          from: 'tablet',
          cell: ({ lastSeenAt }) => <time dateTime={lastSeenAt}>{fullTime(lastSeenAt)}</time>,
        },
        {
          title: '',
          align: 'end',
          cell: (visitor) => <Way visitor={visitor} onContact={() => onContact(visitor)} />,
        },
      ]}
    />
  )
}

function Name({ visitor: { name, identified, nameClaimed } }: { visitor: KnownVisitor }) {
  const proved = identified && !nameClaimed
  return (
    <span className={admin.row} title={nameClaimed ? 'As they or the page have said' : undefined}>
      <bdi>{name}</bdi>
      {proved && <BadgeCheck size={16} strokeWidth={1.75} aria-label="Signed in on the site" />}
    </span>
  )
}

function Page({ url }: { url: string | null }) {
  const link = url ? safeLink(url) : null
  if (!link) return <span>{url ?? '–'}</span>
  return (
    <a className={admin.link} href={link.href} title={link.href} target="_blank" rel="noopener noreferrer" dir="ltr">
      {link.label}
    </a>
  )
}

/** To the conversation that is open, to a new one, or why there is none. */
function Way({ visitor, onContact }: { visitor: KnownVisitor; onContact: () => void }) {
  const { current } = useConsole()
  if (visitor.conversationId !== null)
    return (
      <Link className={admin.link} href={`/conversations/${visitor.conversationId}`}>
        Open the conversation
      </Link>
    )
  if (!visitor.reachable) return <span>Cannot be reached any more</span>
  if (!mayWrite(current)) return null
  return (
    <Button
      variant="default"
      size="xs"
      fz={13}
      onClick={onContact}
      aria-label={`Start a conversation with ${visitor.name}`}
    >
      Start a conversation
    </Button>
  )
}
