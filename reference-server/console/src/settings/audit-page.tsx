import type { AuditEntry, ChatError } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { FileClock } from 'lucide-react'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { DataTable } from '../admin/data-table.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { ErrorLine } from '../admin/error-line.js'
import { LoadView } from '../admin/load-view.js'
import { ShortName } from '../admin/short-name.js'
import { Tag } from '../admin/tag.js'
import { useAction } from '../admin/use-action.js'
import { useLoaded } from '../admin/use-loaded.js'
import { useConsole } from '../client/console-services.js'
import { fullTime } from '../text/format-time.js'
import { actText, fieldText, targetText, toldChanges, valueText } from './audit-text.js'
import styles from './settings.module.css'

/** What was done here, by whom, newest first. Nothing in it can be changed. */
export function AuditPage() {
  const { admin: api } = useConsole()
  const trail = useLoaded(() => api.audit.page())
  const loading = useAction()
  const more = (known: AuditEntry[], before: number) =>
    loading.run(async () => {
      const page = await api.audit.page(before)
      trail.set({ ...page, entries: [...known, ...page.entries] })
    })
  return (
    <AdminPage
      title="Audit trail"
      lead="Who has changed what, newest first. Entries are only ever added; nobody can change one."
    >
      <LoadView loaded={trail}>
        {({ entries, nextBefore }) =>
          entries.length === 0 ? (
            <EmptyNotice
              icon={FileClock}
              title="Nothing has been changed yet"
              text="Every change of widgets, members and settings is written down here."
            />
          ) : (
            <>
              <Entries entries={entries} />
              <More
                error={loading.error}
                busy={loading.busy}
                load={nextBefore === null ? null : () => void more(entries, nextBefore)}
              />
            </>
          )
        }
      </LoadView>
    </AdminPage>
  )
}

function Entries({ entries }: { entries: AuditEntry[] }) {
  return (
    <DataTable
      label="Audit trail"
      rows={entries}
      rowKey={({ seq }) => String(seq)}
      searchBy={(entry) => `${entry.actor?.name ?? ''} ${actText(entry)} ${entry.target.name ?? ''}`}
      columns={[
        {
          title: 'What',
          cell: (entry) => (
            <span className={admin.cellTitle}>
              <strong>{actText(entry)}</strong>
              <span dir="auto">{targetText(entry.target)}</span>
              {entry.reason !== undefined && <span dir="auto">Reason: {entry.reason}</span>}
              <Changes changes={toldChanges(entry)} />
            </span>
          ),
        },
        {
          title: 'Who and when',
          cell: ({ actor, at }) => (
            <span className={admin.cellTitle}>
              <strong>
                <ShortName name={actor?.name ?? 'The server'} /> {actor?.visiting && <Tag tone="late">Visiting</Tag>}
              </strong>
              <span>
                <time dateTime={at}>{fullTime(at)}</time>
              </span>
            </span>
          ),
        },
        { title: 'From', from: 'desktop', cell: ({ address }) => address ?? '' },
      ]}
    />
  )
}

function Changes({ changes }: { changes: ReturnType<typeof toldChanges> }) {
  if (changes.length === 0) return null
  return (
    <ul className={styles.changes}>
      {changes.map(([field, { from, to }]) => (
        <li key={field} dir="auto">
          <Change field={field} from={from} to={to} />
        </li>
      ))}
    </ul>
  )
}

/** A line; what has parts is told when it is asked for. */
function Change({ field, from, to }: { field: string; from: unknown; to: unknown }) {
  const [before, after] = [valueText(from, field), valueText(to, field)]
  if (before !== null && after !== null) return `${fieldText(field)}: ${before} → ${after}`
  return (
    <details>
      <summary>{fieldText(field)}</summary>
      {[from, to].map((value, index) => (
        <pre key={index === 0 ? 'Before' : 'After'}>
          {index === 0 ? 'Before: ' : 'After: '}
          {JSON.stringify(value, null, 1)}
        </pre>
      ))}
    </details>
  )
}

function More({ error, busy, load }: { error: ChatError | null; busy: boolean; load: (() => void) | null }) {
  return (
    <>
      <ErrorLine error={error} />
      {load && (
        <div className={admin.row}>
          <Button variant="default" loading={busy} onClick={load}>
            Show older ones
          </Button>
        </div>
      )}
    </>
  )
}
