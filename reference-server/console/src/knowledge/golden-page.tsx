import { Target } from 'lucide-react'
import { Link } from 'wouter'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { DataTable } from '../admin/data-table.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { LoadView } from '../admin/load-view.js'
import { useLoaded } from '../admin/use-loaded.js'
import type { AskedGoldenQuestion } from '../api/knowledge-api.js'
import { useConsole } from '../client/console-services.js'
import { knowledgePath, useKnowledgeArea } from './knowledge-area.js'
import { KnowledgeTabs } from './knowledge-tabs.js'
import { PlaceTag } from './place-tag.js'

/** Behind all places that there are. */
const NOWHERE = 11

/** All golden questions of a widget, with what each finds now. */
export function GoldenPage() {
  const { admin: api } = useConsole()
  const { widget } = useKnowledgeArea()
  const loaded = useLoaded(() => api.knowledge.goldenQuestions(widget.id))
  return (
    <AdminPage
      title="Golden questions"
      lead="Questions by which a certain entry has to be found. Before an entry is published, all of them are asked."
    >
      <KnowledgeTabs current="golden" />
      <LoadView loaded={loaded}>
        {(golden) =>
          golden.length === 0 ? (
            <EmptyNotice
              icon={Target}
              title="No golden questions yet"
              text="Open an entry and add one: in words that a visitor might use, and that the entry does not have."
            >
              <Link href={knowledgePath(widget.id)} className={admin.link}>
                To the entries
              </Link>
            </EmptyNotice>
          ) : (
            <GoldenTable golden={golden} />
          )
        }
      </LoadView>
    </AdminPage>
  )
}

function GoldenTable({ golden }: { golden: readonly AskedGoldenQuestion[] }) {
  const { widget } = useKnowledgeArea()
  const first = golden.filter(({ place }) => place === 1).length
  return (
    <>
      <p className={admin.dialogText}>
        {first} of {golden.length} find their entry first.
      </p>
      <DataTable
        label="Golden questions"
        rows={golden}
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
            title: 'Finds its entry',
            sortBy: ({ place }) => place ?? NOWHERE,
            cell: ({ place }) => <PlaceTag place={place} />,
          },
          { title: 'Added by', from: 'tablet', cell: ({ createdBy }) => <bdi>{createdBy?.name ?? '–'}</bdi> },
          {
            title: '',
            cell: ({ entryId, question }) => (
              <Link
                href={knowledgePath(widget.id, `entries/${entryId}`)}
                className={admin.link}
                aria-label={`Open the entry of ${question}`}
              >
                Open the entry
              </Link>
            ),
          },
        ]}
      />
    </>
  )
}
