import { type CannedReply, type Department, REPLY_VARIABLES, unknownVariables } from '@chatdesk/protocol'
import { NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { DialogForm } from '../admin/dialog.js'
import { RefusableInput } from '../admin/refusable-input.js'
import { useConsole } from '../client/console-services.js'
import replies from '../replies/replies.module.css'

/** Options of `CannedReplyForm`. `null`: a new one. */
export interface CannedReplyFormProps {
  reply: CannedReply | null
  departments: readonly Department[]
  onCancel: () => void
  onDone: () => void
}

/** All that there is to say of a canned reply. */
export function CannedReplyForm({ reply, departments, onCancel, onDone }: CannedReplyFormProps) {
  const { admin: api } = useConsole()
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? '')
  const [title, setTitle] = useState(reply?.title ?? '')
  const [text, setText] = useState(reply?.text ?? '')
  const [language, setLanguage] = useState(reply?.language ?? '')
  const [departmentId, setDepartmentId] = useState(reply?.departmentId ?? '')
  return (
    <DialogForm
      submitLabel={reply ? 'Save' : 'Add'}
      disabled={unknownVariables(text).length > 0}
      onCancel={onCancel}
      onSubmit={async () => {
        const input = {
          ...{ shortcut: shortcut.replace(/^\//, '').trim(), title: title.trim(), text },
          ...{ language: language.trim() || null, departmentId: departmentId || null },
        }
        await (reply ? api.desk.replies.update(reply.id, input) : api.desk.replies.create(input))
        onDone()
      }}
    >
      <RefusableInput
        field="shortcut"
        label="Shortcut"
        description="What is typed behind /. Letters, digits, - and _."
        leftSection="/"
        value={shortcut}
        onChange={(event) => setShortcut(event.currentTarget.value)}
        maxLength={32}
        required
        data-autofocus
      />
      <RefusableInput
        field="title"
        label="Title"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        maxLength={100}
        required
      />
      <VariablesField label="Text" value={text} onChange={setText} />
      <div className={replies.pair}>
        <RefusableInput
          field="language"
          label="Language"
          description="Such as pt-BR. Empty: all."
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value)}
          maxLength={20}
        />
        <NativeSelect
          label="Department"
          description="Comes first in its conversations."
          data={[{ value: '', label: 'All' }, ...departments.map(({ id, name }) => ({ value: id, label: name }))]}
          value={departmentId}
          onChange={(event) => setDepartmentId(event.currentTarget.value)}
        />
      </div>
    </DialogForm>
  )
}

/** Options of `VariablesField`. */
export interface VariablesFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
}

/** Words with variables; one that there is not is said at once. */
export function VariablesField({ label, value, onChange }: VariablesFieldProps) {
  const [unknown] = unknownVariables(value)
  return (
    <Textarea
      label={label}
      description={`${REPLY_VARIABLES.map((name) => `{{${name}}}`).join(' ')}, and {{visitor.name|there}} for whoever has no name.`}
      error={unknown !== undefined && `There is no variable {{${unknown}}}.`}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={5000}
      autosize
      minRows={3}
      maxRows={12}
      required
      dir="auto"
    />
  )
}
