import type { KnowledgeEntry } from '@chatdesk/protocol'
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import admin from '../admin/admin.module.css'
import { ErrorLine } from '../admin/error-line.js'
import { LoadView } from '../admin/load-view.js'
import { useAction } from '../admin/use-action.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayAdminister, useConsole } from '../client/console-services.js'
import settings from '../settings/settings.module.css'
import editor from '../widgets/editor/editor.module.css'
import styles from './knowledge.module.css'
import { useKnowledgeArea } from './knowledge-area.js'
import { PlaceTag } from './place-tag.js'

/** The questions by which an entry has to be found, and at which place it is. */
export function EntryGolden({ entry }: { entry: KnowledgeEntry }) {
  const { admin: api, current } = useConsole()
  const { widget } = useKnowledgeArea()
  const loaded = useLoaded(() => api.knowledge.goldenQuestions(widget.id))
  const [question, setQuestion] = useState('')
  const action = useAction()
  const mayChange = mayAdminister(current)
  async function add(event: FormEvent) {
    event.preventDefault()
    const isAdded = await action.run(() => api.knowledge.addGoldenQuestion(entry.id, question.trim()))
    if (!isAdded) return
    setQuestion('')
    loaded.reload()
  }
  const remove = async (id: string) => {
    if (await action.run(() => api.knowledge.removeGoldenQuestion(id))) loaded.reload()
  }
  return (
    <div className={admin.stack}>
      <LoadView loaded={loaded}>
        {(all) => {
          const own = all.filter(({ entryId }) => entryId === entry.id)
          if (own.length === 0) return <p className={styles.none}>None yet.</p>
          return (
            <ul className={settings.list} aria-label="Golden questions">
              {own.map((golden) => (
                <li key={golden.id}>
                  <bdi>{golden.question}</bdi>
                  <PlaceTag place={golden.place} />
                  {mayChange && (
                    <ActionIcon
                      aria-label={`Remove ${golden.question}`}
                      disabled={action.busy}
                      onClick={() => remove(golden.id)}
                    >
                      <Trash2 size={16} strokeWidth={1.75} aria-hidden />
                    </ActionIcon>
                  )}
                </li>
              ))}
            </ul>
          )
        }}
      </LoadView>
      {mayChange && (
        <form onSubmit={add} className={editor.addRow}>
          <TextInput
            label="Add a golden question"
            description="Not one of the ways above: in words that a visitor might use."
            value={question}
            onChange={(event) => {
              action.clear()
              setQuestion(event.currentTarget.value)
            }}
            maxLength={500}
            required
            withAsterisk={false}
            dir="auto"
          />
          <Button type="submit" variant="default" size="md" loading={action.busy}>
            Add
          </Button>
        </form>
      )}
      <ErrorLine error={action.error} />
    </div>
  )
}
