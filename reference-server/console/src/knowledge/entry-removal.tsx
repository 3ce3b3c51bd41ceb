import type { KnowledgeEntry } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import admin from '../admin/admin.module.css'
import { Dialog, DialogForm } from '../admin/dialog.js'
import { useConsole } from '../client/console-services.js'
import { knowledgePath, useKnowledgeArea } from './knowledge-area.js'

/** Deletes an entry, after it has asked. */
export function EntryRemoval({ entry }: { entry: KnowledgeEntry }) {
  const { admin: api } = useConsole()
  const { widget } = useKnowledgeArea()
  const [asking, setAsking] = useState(false)
  const [, navigate] = useLocation()
  return (
    <div className={admin.row}>
      <Button variant="default" onClick={() => setAsking(true)}>
        Delete the entry
      </Button>
      <Dialog opened={asking} onClose={() => setAsking(false)} title="Delete the entry?">
        <DialogForm
          submitLabel="Delete"
          tone="danger"
          onCancel={() => setAsking(false)}
          onSubmit={async () => {
            await api.knowledge.remove(entry.id)
            navigate(knowledgePath(widget.id))
          }}
        >
          <p className={admin.dialogText}>
            Nothing answers “<bdi>{entry.question}</bdi>” any more. What was answered with it stays in its
            conversations.
          </p>
        </DialogForm>
      </Dialog>
    </div>
  )
}
