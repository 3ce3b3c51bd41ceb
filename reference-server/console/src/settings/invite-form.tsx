import type { CreateInviteResponse } from '@chatdesk/protocol'
import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { CodeLine } from '../admin/code-block.js'
import { DialogForm } from '../admin/dialog.js'
import { RefusableInput } from '../admin/refusable-input.js'
import { useConsole } from '../client/console-services.js'
import { givableRoles, ROLE_MEANINGS, ROLE_NAMES } from '../text/role-names.js'

/** Asks whom to invite as what, then hands over the link. */
export function InviteForm({ onDone }: { onDone: () => void }) {
  const { admin: api, current } = useConsole()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState(givableRoles(current.member.role).includes('agent') ? 'agent' : current.member.role)
  const [issued, setIssued] = useState<CreateInviteResponse | null>(null)
  if (issued) return <IssuedLink issued={issued} onDone={onDone} />
  return (
    <DialogForm
      submitLabel="Invite"
      onCancel={onDone}
      onSubmit={async () => setIssued(await api.members.invite({ email: email.trim(), role }))}
    >
      <RefusableInput
        field="email"
        label="Email"
        type="email"
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={254}
        data-autofocus
      />
      <NativeSelect
        label="Role"
        description={ROLE_MEANINGS[role]}
        value={role}
        data={givableRoles(current.member.role).map((value) => ({ value, label: ROLE_NAMES[value] }))}
        onChange={(event) => setRole(event.currentTarget.value as typeof role)}
      />
    </DialogForm>
  )
}

/** The link is told this once; nobody can look it up later. */
function IssuedLink({ issued, onDone }: { issued: CreateInviteResponse; onDone: () => void }) {
  const { email } = issued.invite
  return (
    <div className={admin.stack}>
      <p className={admin.dialogText}>
        {issued.mailed ? (
          <>
            An invite is on its way to <bdi>{email}</bdi>. This is the same link, should it not arrive.
          </>
        ) : (
          <>
            No mail was sent. Give this link to <bdi>{email}</bdi> yourself.
          </>
        )}{' '}
        It works once, and is shown only now.
      </p>
      <CodeLine text={issued.link} what="Invite link" />
      <div className={admin.dialogActions}>
        <Button onClick={onDone}>Done</Button>
      </div>
    </div>
  )
}
