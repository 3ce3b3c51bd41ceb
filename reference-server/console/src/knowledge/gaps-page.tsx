import type { KnowledgeGap } from '@chatdesk/protocol'
import { Button, SegmentedControl } from '@mantine/core'
import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { DataTable } from '../admin/data-table.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { ErrorLine } from '../admin/error-line.js'
import { LoadView } from '../admin/load-view.js'
import { Moment } from '../admin/moment.js'
import { type Action, useAction } from '../admin/use-action.js'
import { type Loaded, useLoaded } from '../admin/use-loaded.js'
import { mayAdminister, useConsole } from '../client/console-services.js'
import { languageName } from '../text/language-name.js'
import styles from './knowledge.module.css'
import { knowledgePath, useKnowledgeArea } from './knowledge-area.js'
import { KnowledgeTabs } from './knowledge-tabs.js'

type Status = KnowledgeGap['status']

const EMPTY: Record<Status, { title: string; text: string }> = {
  open: {
    title: 'Nothing is open',
    text: 'A question that the assistant cannot answer stands here, with how often it was asked.',
  },
  dismissed: {
    title: 'Nothing was dismissed',
    text: 'What you do not want to answer stands here, and can be taken back.',
  },
  answered: { title: 'Nothing was answered yet', text: 'What an entry was made of stands here.' },
}

/** Questions of visitors that had no answer. */
export function GapsPage() {
  const { admin: api } = useConsole()
  const { widget } = useKnowledgeArea()
  const [status, setStatus] = useState<Status>('open')
  const loaded = useLoaded(() => api.knowledge.gaps(widget.id, status), status)
  const action = useAction()
  return (
    <AdminPage
      title="Unanswered questions"
      lead="What visitors asked this widget and its knowledge had no answer to, those asked most first."
    >
      <KnowledgeTabs current="gaps" />
      <div className={admin.row}>
        <SegmentedControl
          aria-label="Which questions"
          value={status}
          onChange={(value) => {
            action.clear()
            setStatus(value as Status)
          }}
          data={[
            { value: 'open', label: 'Open' },
            { value: 'answered', label: 'Answered' },
            { value: 'dismissed', label: 'Dismissed' },
          ]}
        />
      </div>
      <ErrorLine error={action.error} />
      <LoadView loaded={loaded}>
        {(gaps) =>
          gaps.length === 0 ? (
            <EmptyNotice icon={CircleCheck} {...EMPTY[status]} />
          ) : (
            <GapTable gaps={gaps} loaded={loaded} action={action} />
          )
        }
      </LoadView>
    </AdminPage>
  )
}

/** Options of `GapTable`. */
interface GapTableProps {
  gaps: readonly KnowledgeGap[]
  loaded: Loaded<KnowledgeGap[]>
  action: Action
}

function GapTable({ gaps, loaded, action }: GapTableProps) {
  const { admin: api, current } = useConsole()
  const { widget } = useKnowledgeArea()
  const mayChange = mayAdminister(current)
  const turn = async ({ id }: KnowledgeGap, status: 'open' | 'dismissed') => {
    if (await action.run(() => api.knowledge.updateGap(id, status))) loaded.reload()
  }
  return (
    <DataTable
      label="Questions"
      rows={gaps}
      rowKey={({ id }) => id}
      searchBy={({ question }) => question}
      columns={[
        {
          title: 'Question',
          sortBy: ({ question }) => question.toLowerCase(),
          cell: ({ question }) => (
            <span className={admin.cellTitle}>
              <strong dir="auto">{question}</strong>
            </span>
          ),
        },
        {
          ...{ title: 'Asked', align: 'end' },
          sortBy: ({ times }) => times,
          cell: ({ times }) => (times === 1 ? 'Once' : `${times.toLocaleString('en')} times`),
        },
        { title: 'Language', from: 'desktop', cell: ({ language }) => languageName(language) },
        {
          title: 'Since',
          from: 'tablet',
          sortBy: ({ firstAt }) => firstAt,
          cell: ({ firstAt }) => <Moment at={firstAt} />,
        },
        { title: 'Last', from: 'tablet', sortBy: ({ lastAt }) => lastAt, cell: ({ lastAt }) => <Moment at={lastAt} /> },
        {
          title: '',
          cell: (gap) => (
            <span className={`${admin.actions} ${styles.rowActions}`}>
              {gap.entryId !== null && (
                <Link
                  href={knowledgePath(widget.id, `entries/${gap.entryId}`)}
                  className={admin.link}
                  aria-label={`Open the entry of ${gap.question}`}
                >
                  Open the entry
                </Link>
              )}
              {mayChange && gap.status === 'open' && (
                <Button
                  component={Link}
                  href={knowledgePath(widget.id, `new/${gap.id}`)}
                  size="xs"
                  variant="default"
                  aria-label={`Answer ${gap.question}`}
                >
                  Answer
                </Button>
              )}
              {mayChange && gap.status !== 'answered' && (
                <Button
                  size="xs"
                  variant="subtle"
                  color="gray"
                  disabled={action.busy}
                  aria-label={gap.status === 'open' ? `Dismiss ${gap.question}` : `Take back ${gap.question}`}
                  onClick={() => turn(gap, gap.status === 'open' ? 'dismissed' : 'open')}
                >
                  {gap.status === 'open' ? 'Dismiss' : 'Take back'}
                </Button>
              )}
            </span>
          ),
        },
      ]}
    />
  )
}
