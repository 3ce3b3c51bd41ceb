import type { DraftCheck, KnowledgeEntry } from '@chatdesk/protocol'
import admin from '../admin/admin.module.css'
import { DialogForm } from '../admin/dialog.js'
import { LoadView } from '../admin/load-view.js'
import { useLoaded } from '../admin/use-loaded.js'
import { useConsole } from '../client/console-services.js'
import { changedFieldsText } from './entry-draft.js'
import styles from './knowledge.module.css'
import { PlaceTag } from './place-tag.js'

/** Options of `PublishForm`. */
export interface PublishFormProps {
  entry: KnowledgeEntry
  onCancel: () => void
  onDone: (published: KnowledgeEntry) => void
}

/** What publishing would change, before it does. */
export function PublishForm({ entry, onCancel, onDone }: PublishFormProps) {
  const { admin: api } = useConsole()
  const check = useLoaded(() => api.knowledge.checkDraft(entry.id))
  const changed = entry.draft === null ? '' : changedFieldsText(entry, entry.draft)
  return (
    <DialogForm
      submitLabel="Publish"
      disabled={check.state.status === 'loading'}
      onCancel={onCancel}
      onSubmit={async () => onDone(await api.knowledge.publish(entry.id))}
    >
      <p className={admin.dialogText}>
        {entry.published
          ? `From then on visitors read the new version${changed === '' ? '' : `. What changes: ${changed}`}.`
          : 'From then on answers use it.'}
      </p>
      <LoadView loaded={check}>{(result) => <Check {...result} entryId={entry.id} />}</LoadView>
    </DialogForm>
  )
}

function Check({ changed, before, after, total, entryId }: DraftCheck & { entryId: string }) {
  if (total === 0)
    return (
      <p className={admin.dialogText}>
        Nothing is checked, since the widget has no golden questions. With some of them you would read here what this
        pushes aside.
      </p>
    )
  return (
    <>
      <p className={styles.verdict} data-tone={after < before ? 'bad' : 'good'}>
        {after === before
          ? `Of ${total} golden questions ${after} find their entry first, as before.`
          : `Of ${total} golden questions ${after} would find their entry first; now ${before} do.`}
      </p>
      {changed.length > 0 && (
        <ul className={styles.checks} aria-label="Golden questions that would find another place">
          {changed.map((question) => (
            <li key={question.id}>
              <span>
                <bdi>{question.question}</bdi>
                {question.entryId !== entryId && <span className={styles.none}> (of another entry)</span>}
              </span>
              <span className={styles.places}>
                <PlaceTag place={question.before} />
                <span aria-hidden>→</span>
                <span className="chatdesk-hidden">, then </span>
                <PlaceTag place={question.after} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
