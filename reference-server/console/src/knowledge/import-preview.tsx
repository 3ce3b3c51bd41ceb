import type { KnowledgeImport, SiteImport } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { ArrowLeft } from 'lucide-react'
import { useEffect, useRef } from 'react'
import admin from '../admin/admin.module.css'
import { DataTable } from '../admin/data-table.js'
import { ErrorLine } from '../admin/error-line.js'
import { Tag } from '../admin/tag.js'
import { useAction } from '../admin/use-action.js'
import { useConsole } from '../client/console-services.js'
import { batchesOf } from './import-batches.js'
import { countText, pageReasonText, reasonText, summaryText } from './import-words.js'
import styles from './knowledge.module.css'
import { useKnowledgeArea } from './knowledge-area.js'

const ACTIONS = { add: 'Add', change: 'Change', skip: 'Leave out' } as const
const TONES = { add: 'good', change: 'late', skip: 'quiet' } as const

/** What an import has done. */
export type Imported = Pick<KnowledgeImport, 'added' | 'changed'>

/** Options of `ImportPreview`. */
export interface ImportPreviewProps {
  plan: KnowledgeImport | SiteImport
  onBack: () => void
  onDone: (imported: Imported) => void
}

/** What an import would do, row by row, and why. */
export function ImportPreview({ plan, onBack, onDone }: ImportPreviewProps) {
  const { admin: api } = useConsole()
  const { widget } = useKnowledgeArea()
  const action = useAction()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const wanted = plan.decisions.flatMap(({ action: what, entry }) => (what === 'skip' || !entry ? [] : [entry]))
  const run = () =>
    action.run(async () => {
      const imported = { added: 0, changed: 0 }
      for (const entries of batchesOf(wanted)) {
        const { added, changed } = await api.knowledge.import(widget.id, entries)
        imported.added += added
        imported.changed += changed
      }
      onDone(imported)
    })
  return (
    <div className={admin.stack}>
      <h2 ref={heading} tabIndex={-1} className={styles.subtitle}>
        {plan.decisions.length === 0 ? 'There is no entry in it' : summaryText(plan)}
      </h2>
      {'pages' in plan && <Pages {...plan.pages} />}
      {plan.decisions.length > 0 && (
        <DataTable
          label="What would change"
          rows={plan.decisions}
          rowKey={({ place }) => String(place)}
          searchBy={({ question }) => question}
          columns={[
            {
              ...{ title: 'No.', from: 'tablet', align: 'end' },
              sortBy: ({ place }) => place,
              cell: ({ place }) => place,
            },
            {
              title: 'What happens',
              sortBy: ({ action: what }) => what,
              cell: ({ action: what }) => <Tag tone={TONES[what]}>{ACTIONS[what]}</Tag>,
            },
            {
              title: 'Question',
              cell: (decision) => (
                <span className={admin.cellTitle}>
                  <strong dir="auto">{decision.question || 'No question'}</strong>
                  <span dir="auto" className={styles.cut}>
                    {decision.entry?.answer}
                  </span>
                </span>
              ),
            },
            { title: 'Why', from: 'tablet', cell: (decision) => reasonText(decision) },
          ]}
        />
      )}
      <ErrorLine error={action.error} />
      {action.error && wanted.length > 0 && (
        <p className={admin.readOnly}>Part of it may be there. Import it again: what is there already is left out.</p>
      )}
      <div className={styles.foot}>
        <Button variant="default" leftSection={<ArrowLeft size={16} strokeWidth={1.75} aria-hidden />} onClick={onBack}>
          Back
        </Button>
        {wanted.length > 0 && (
          <Button loading={action.busy} onClick={run}>
            Import {countText(wanted.length, 'entry', 'entries')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** Which pages were read; what was left out, and why, for whoever wants to know. */
function Pages({ listed, read, skipped }: SiteImport['pages']) {
  return (
    <div>
      <p className={admin.dialogText}>
        The sitemap lists {countText(listed, 'page', 'pages')}; {read.toLocaleString('en')} were read.
      </p>
      {skipped.length > 0 && (
        <details className={styles.pages}>
          <summary>{countText(skipped.length, 'page was', 'pages were')} left out, or not read to the end</summary>
          <ul>
            {skipped.map(({ url, reason }) => (
              <li key={`${reason} ${url}`}>
                <bdi>{url}</bdi> <span>{pageReasonText(reason)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
