import type { KnowledgeGap } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { ErrorLine } from '../admin/error-line.js'
import { useLeaveGuard } from '../admin/leave-guard.js'
import { LoadView } from '../admin/load-view.js'
import { RefusalProvider } from '../admin/refusal.js'
import { useAction } from '../admin/use-action.js'
import { useLoaded } from '../admin/use-loaded.js'
import { useConsole } from '../client/console-services.js'
import { fullTime } from '../text/format-time.js'
import editor from '../widgets/editor/editor.module.css'
import { contentOf, emptyDraft, isDirty } from './entry-draft.js'
import { EntryFields } from './entry-fields.js'
import { BackToEntries } from './entry-page.js'
import { countText } from './import-words.js'
import styles from './knowledge.module.css'
import { knowledgePath, useKnowledgeArea } from './knowledge-area.js'

/** A new entry; with a gap, the answer to what visitors have asked. */
export function NewEntryPage({ gapId }: { gapId: string | undefined }) {
  const { admin: api } = useConsole()
  const { widget } = useKnowledgeArea()
  const loaded = useLoaded(async () => {
    const [{ categories }, ...lists] = await Promise.all([
      api.knowledge.list(widget.id, { limit: 1 }),
      ...(gapId === undefined ? [] : (['open', 'dismissed'] as const)).map((status) =>
        api.knowledge.gaps(widget.id, status),
      ),
    ])
    return { categories, gap: lists.flat().find(({ id }) => id === gapId) }
  })
  return (
    <AdminPage title={gapId === undefined ? 'Add an entry' : 'Answer a question'} lead={<BackToEntries />}>
      <LoadView loaded={loaded}>
        {({ categories, gap }) =>
          gapId !== undefined && !gap ? (
            <p className={admin.noteLate}>This question has been answered meanwhile, or is no longer kept.</p>
          ) : (
            <NewEntry categories={categories} gap={gap} />
          )
        }
      </LoadView>
    </AdminPage>
  )
}

function NewEntry({ categories, gap }: { categories: readonly string[]; gap: KnowledgeGap | undefined }) {
  const { admin: api } = useConsole()
  const { widget } = useKnowledgeArea()
  const [location, navigate] = useLocation()
  const [empty] = useState(() => emptyDraft(gap && { question: gap.question, language: gap.language }))
  const [draft, setDraft] = useState(empty)
  const saving = useAction()
  const release = useLeaveGuard(isDirty(draft, empty), location, location)
  const formRef = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (saving.error) formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [saving.error])

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const { submitter } = event.nativeEvent as SubmitEvent
    const published = (submitter as HTMLButtonElement | null)?.value === 'publish'
    await saving.run(async () => {
      const entry = { ...contentOf(draft), published }
      const made = gap ? await api.knowledge.answerGap(gap.id, entry) : await api.knowledge.create(widget.id, entry)
      release()
      navigate(knowledgePath(widget.id, `entries/${made.id}`))
    })
  }
  return (
    <>
      {gap && (
        <p className={admin.readOnly}>
          Asked {gap.times === 1 ? 'once' : countText(gap.times, 'time', 'times')}, the last time {fullTime(gap.lastAt)}
          , in these words at first. If you put the question better, keep theirs among the other ways to ask it.
        </p>
      )}
      <form ref={formRef} onSubmit={submit} className={styles.form} aria-label="Entry">
        <RefusalProvider value={saving.error}>
          <EntryFields
            categories={categories}
            draft={draft}
            onChange={(next) => {
              saving.clear()
              setDraft(next)
            }}
          />
        </RefusalProvider>
        <ErrorLine error={saving.error} />
        <div className={editor.bar}>
          <span className={editor.state} />
          <Button type="submit" variant="default" disabled={saving.busy}>
            Save as a draft
          </Button>
          <Button type="submit" value="publish" loading={saving.busy}>
            Publish
          </Button>
        </div>
      </form>
    </>
  )
}
