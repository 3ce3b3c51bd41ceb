import type { KnowledgeEntry, ListKnowledgeQuery } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { BookOpen, Plus } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { DataTable } from '../admin/data-table.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { ErrorLine } from '../admin/error-line.js'
import { LoadView } from '../admin/load-view.js'
import { Moment } from '../admin/moment.js'
import { useAction } from '../admin/use-action.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayAdminister, useConsole } from '../client/console-services.js'
import { languageName } from '../text/language-name.js'
import { EntryFilters } from './entry-filters.js'
import { EntryState } from './entry-state.js'
import styles from './knowledge.module.css'
import { knowledgePath, useKnowledgeArea } from './knowledge-area.js'
import { KnowledgeTabs } from './knowledge-tabs.js'

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const

/** Everything that a widget can answer. */
export function EntriesPage() {
  const { admin: api, current } = useConsole()
  const { widget } = useKnowledgeArea()
  const [filter, setFilter] = useState<ListKnowledgeQuery>({})
  const more = useAction()
  const key = JSON.stringify(filter)
  const loaded = useLoaded(() => api.knowledge.list(widget.id, filter), key)
  // The choices stand still while something else is looked for.
  const [kinds, setKinds] = useState<{ categories: string[]; languages: string[] }>({ categories: [], languages: [] })
  const isNarrowed = Object.values(filter).some((value) => value !== undefined && value !== '')
  const mayChange = mayAdminister(current)
  if (loaded.state.status === 'loaded' && !hasSame(kinds, loaded.state.value)) {
    const { categories, languages } = loaded.state.value
    setKinds({ categories, languages })
  }
  const add = (
    <Button component={Link} href={knowledgePath(widget.id, 'new')} leftSection={<Plus {...ICON} />}>
      Add an entry
    </Button>
  )
  return (
    <AdminPage
      title="Knowledge"
      lead="Questions that this widget answers by itself, and what it says to them."
      action={mayChange && add}
    >
      <KnowledgeTabs current="entries" />
      {!widget.assistant && (
        <p className={admin.readOnly}>
          The assistant is switched off in this widget, so that your team answers everything.{' '}
          <Link href={`/widgets/${widget.id}/assistant`}>Its switch is in the widget’s settings.</Link>
        </p>
      )}
      <EntryFilters filter={filter} onChange={setFilter} {...kinds} />
      <LoadView loaded={loaded}>
        {({ entries, nextCursor, ...rest }) =>
          entries.length === 0 ? (
            <EmptyNotice
              icon={BookOpen}
              title={isNarrowed ? 'Nothing here' : 'This widget knows nothing yet'}
              text={
                isNarrowed
                  ? 'No entry is like this. Look for other words, or for all of them.'
                  : 'Begin with the ten questions that your team is asked most, or import a page of your site.'
              }
            >
              {!isNarrowed && mayChange && (
                <Link href={knowledgePath(widget.id, 'import')} className={admin.link}>
                  Import what you have
                </Link>
              )}
            </EmptyNotice>
          ) : (
            <>
              <EntryTable entries={entries} isAll={nextCursor === null} />
              <ErrorLine error={more.error} />
              {nextCursor !== null && (
                <div className={admin.row}>
                  <Button
                    variant="default"
                    loading={more.busy}
                    onClick={() =>
                      more.run(async () => {
                        const next = await api.knowledge.list(widget.id, { ...filter, cursor: nextCursor })
                        loaded.set({ ...rest, ...next, entries: [...entries, ...next.entries] })
                      })
                    }
                  >
                    Show more
                  </Button>
                </div>
              )}
            </>
          )
        }
      </LoadView>
    </AdminPage>
  )
}

function hasSame(one: { categories: string[]; languages: string[] }, other: typeof one): boolean {
  return one.categories.join('\n') === other.categories.join('\n') && one.languages.join() === other.languages.join()
}

/** `isAll`: what is here can be put in order; a page of many could not. */
function EntryTable({ entries, isAll }: { entries: readonly KnowledgeEntry[]; isAll: boolean }) {
  const { widget } = useKnowledgeArea()
  const by = (sortBy: (entry: KnowledgeEntry) => string | number) => (isAll ? { sortBy } : {})
  return (
    <DataTable
      label="Entries"
      rows={entries}
      rowKey={({ id }) => id}
      columns={[
        {
          title: 'Question',
          ...by(({ question }) => question.toLowerCase()),
          cell: ({ id, question, answer }) => (
            <span className={admin.cellTitle}>
              <Link href={knowledgePath(widget.id, `entries/${id}`)} dir="auto">
                {question}
              </Link>
              <span dir="auto" className={styles.cut}>
                {answer}
              </span>
            </span>
          ),
        },
        { title: 'State', cell: (entry) => <EntryState entry={entry} /> },
        {
          title: 'Category',
          from: 'desktop',
          ...by(({ category }) => category.toLowerCase()),
          cell: ({ category }) => <bdi>{category || '–'}</bdi>,
        },
        { title: 'Language', from: 'desktop', cell: ({ language }) => languageName(language) },
        {
          ...{ title: 'Used', from: 'tablet', align: 'end' },
          ...by(({ timesUsed }) => timesUsed),
          cell: ({ timesUsed }) => timesUsed.toLocaleString('en'),
        },
        {
          ...{ title: 'Helpful', from: 'tablet', align: 'end' },
          ...by(({ helpful }) => helpful),
          cell: ({ helpful }) => helpful.toLocaleString('en'),
        },
        {
          ...{ title: 'Not helpful', from: 'tablet', align: 'end' },
          ...by(({ notHelpful }) => notHelpful),
          cell: ({ notHelpful }) => notHelpful.toLocaleString('en'),
        },
        {
          title: 'Changed',
          from: 'desktop',
          ...by(({ updatedAt }) => updatedAt),
          cell: ({ updatedAt }) => <Moment at={updatedAt} />,
        },
      ]}
    />
  )
}
