import { type KnownVisitor, LIMITS } from '@chatdesk/protocol'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { DialogForm } from '../admin/dialog.js'
import { useConsole } from '../client/console-services.js'
import { newServerId } from '../client/new-server-id.js'

/** Options of `ContactForm`. */
export interface ContactFormProps {
  visitor: KnownVisitor
  onCancel: () => void
  onDone: (conversationId: string) => void
}

/** The first words to a visitor who has not asked. Sent again after a failure, they begin no second conversation. */
export function ContactForm({ visitor, onCancel, onDone }: ContactFormProps) {
  const { admin: api } = useConsole()
  const [clientConversationId] = useState(newServerId)
  const [text, setText] = useState('')
  return (
    <DialogForm
      submitLabel="Send"
      disabled={text.trim() === ''}
      onCancel={onCancel}
      onSubmit={async () => onDone((await api.visitors.contact(visitor.id, { clientConversationId, text })).id)}
    >
      <p className={admin.dialogText}>
        <bdi>{visitor.name}</bdi> sees it at once where your widget is open, and otherwise as a notification, if they
        have asked for them, or with their next visit. The conversation is yours.
      </p>
      <Textarea
        label="Message"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={LIMITS.textLength}
        autosize
        minRows={3}
        maxRows={10}
        data-autofocus
        dir="auto"
      />
    </DialogForm>
  )
}
