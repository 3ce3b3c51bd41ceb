import { ChatError, type CreateInviteResponse } from '@chatdesk/protocol'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { CodeLine } from '../admin/code-block.js'
import { reasonOf } from '../admin/refusal.js'
import type { AdminApi } from '../api/admin-api.js'
import { useConsole } from '../client/console-services.js'
import { StepFrame } from './step-frame.js'
import type { StepProps } from './step-props.js'

/** Asks agents in. Where no mail goes out, the links are handed over here. */
export function InviteStep({ next }: StepProps) {
  const { admin: api } = useConsole()
  const [addresses, setAddresses] = useState('')
  const [issued, setIssued] = useState<CreateInviteResponse[]>([])
  const wanted = addresses.split(/[\s,;]+/).filter((address) => address !== '')

  async function invite() {
    const made: CreateInviteResponse[] = []
    try {
      for (const email of wanted) made.push(await invitePerson(api, email))
      setAddresses('')
    } catch (error) {
      // Those before it are invited already.
      setAddresses(wanted.slice(made.length).join('\n'))
      throw error
    } finally {
      setIssued((before) => [...before, ...made])
    }
  }

  return (
    <StepFrame
      title="Who else answers?"
      lead="Each gets a link that works once, and may answer visitors but change no settings."
      submitLabel={wanted.length > 0 ? 'Invite them' : 'Go on'}
      onSubmit={async () => {
        if (wanted.length === 0) next()
        else await invite()
      }}
      {...(issued.length === 0 ? { onSkip: next } : {})}
    >
      {issued.map(({ invite: { id, email }, link, mailed }) => (
        <div key={id} className={admin.stack}>
          <p className={admin.dialogText}>
            <bdi>{email}</bdi>{' '}
            {mailed ? 'has mail. The same link:' : 'is invited. No mail was sent, so hand over the link:'}
          </p>
          <CodeLine text={link} what={`Invite link of ${email}`} />
        </div>
      ))}
      <Textarea
        label="Email addresses"
        description="One on each line."
        value={addresses}
        onChange={(event) => setAddresses(event.currentTarget.value)}
        maxLength={4000}
        minRows={3}
      />
    </StepFrame>
  )
}

/** Says of several addresses which one was refused. */
async function invitePerson(api: AdminApi, email: string): Promise<CreateInviteResponse> {
  try {
    return await api.members.invite({ email, role: 'agent' })
  } catch (error) {
    if (!ChatError.isInstance(error) || error.code !== 'VALIDATION_FAILED') throw error
    throw new ChatError(error.code, `${email}: ${reasonOf(error)}`)
  }
}
