import type { KnowledgeEntry } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import admin from '../admin/admin.module.css'
import { Dialog } from '../admin/dialog.js'
import { ErrorLine } from '../admin/error-line.js'
import { useLeaveGuard } from '../admin/leave-guard.js'
import { RefusalProvider } from '../admin/refusal.js'
import { useAction } from '../admin/use-action.js'
import { useConsole } from '../client/console-services.js'
import editor from '../widgets/editor/editor.module.css'
import { changedFieldsText, changesOf, contentOf, draftOf, isDirty } from './entry-draft.js'
import { EntryFields } from './entry-fields.js'
import styles from './knowledge.module.css'
import { PublishForm } from './publish-form.js'

/** Options of `EntryEditor`. */
export interface EntryEditorProps {
  entry: KnowledgeEntry
  categories: readonly string[]
  onChanged: (entry: KnowledgeEntry) => void
}

/** The form of an entry: what it is to become is kept as a draft, and published by hand. */
export function EntryEditor({ entry, categories, onChanged }: EntryEditorProps) {
  const { admin: api } = useConsole()
  const [location] = useLocation()
  const saved = draftOf(entry)
  const [draft, setDraft] = useState(saved)
  const [done, setDone] = useState('')
  const [publishing, setPublishing] = useState(false)
  const saving = useAction()
  const dirty = isDirty(draft, saved)
  const isPublic = entry.published && entry.draft === null
  useLeaveGuard(dirty, location, location)

  const formRef = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (saving.error) formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [saving.error])
  // Restored: what is shown is the version that was chosen.
  const shown = useRef(entry.version)
  useEffect(() => {
    if (shown.current === entry.version) return
    shown.current = entry.version
    setDraft(draftOf(entry))
  }, [entry])

  const take = (changed: KnowledgeEntry, words: string) => {
    setDraft(draftOf(changed))
    setDone(words)
    onChanged(changed)
  }
  /** What nobody has published changes at once; the other keeps saying what it said. */
  async function save(): Promise<void> {
    if (!dirty) return
    const changed = entry.published
      ? await api.knowledge.saveDraft(entry.id, changesOf(entry, draft))
      : await api.knowledge.update(entry.id, contentOf(draft))
    take(changed, 'Saved as a draft')
  }
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const { submitter } = event.nativeEvent as SubmitEvent
    const isSaved = await saving.run(save)
    if (isSaved && (submitter as HTMLButtonElement | null)?.value === 'publish') setPublishing(true)
  }
  const discard = async () => {
    if (await saving.run(async () => take(await api.knowledge.saveDraft(entry.id, {}), 'Draft discarded')))
      formRef.current?.focus()
  }

  return (
    <>
      {entry.draft !== null && entry.published && (
        <div className={`${admin.noteLate} ${styles.note}`}>
          <span>
            Not published yet: {changedFieldsText(entry, entry.draft) || 'nothing that differs'}. Visitors read what was
            there before.
          </span>
          <Button variant="default" size="xs" disabled={saving.busy} onClick={discard}>
            Discard the draft
          </Button>
        </div>
      )}
      {!entry.published && <p className={admin.noteLate}>A draft: no answer uses it before it is published.</p>}
      <form ref={formRef} tabIndex={-1} onSubmit={submit} className={styles.form} aria-label="Entry">
        <RefusalProvider value={saving.error}>
          <EntryFields
            categories={categories}
            draft={draft}
            onChange={(next) => {
              saving.clear()
              setDone('')
              setDraft(next)
            }}
          />
        </RefusalProvider>
        <ErrorLine error={saving.error} />
        <div className={editor.bar}>
          <output className={editor.state} data-tone={dirty ? undefined : 'good'}>
            {dirty ? 'Not saved' : done}
          </output>
          <Button variant="default" disabled={!dirty} onClick={() => setDraft(saved)}>
            Discard
          </Button>
          <Button type="submit" variant="default" disabled={!dirty} loading={saving.busy}>
            Save as a draft
          </Button>
          <Button type="submit" value="publish" disabled={saving.busy || (!dirty && isPublic)}>
            Publish…
          </Button>
        </div>
      </form>
      <Dialog opened={publishing} onClose={() => setPublishing(false)} title="Publish the entry?">
        <PublishForm
          entry={entry}
          onCancel={() => setPublishing(false)}
          onDone={(published) => {
            setPublishing(false)
            take(published, 'Published')
          }}
        />
      </Dialog>
    </>
  )
}
