import { TextInput } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { LoadView } from '../admin/load-view.js'
import { useLoaded } from '../admin/use-loaded.js'
import type { EntryApi } from '../api/entry-api.js'
import type { Session } from '../session/session.js'
import styles from '../session/session.module.css'
import { ROLE_MEANINGS, ROLE_NAMES } from '../text/role-names.js'
import { EntryCard } from './entry-card.js'
import { EntryForm } from './entry-form.js'
import { NewPassword } from './new-password.js'

/** Options of `InvitePage`. */
export interface InvitePageProps {
  session: Session
  entry: EntryApi
  token: string
}

/** Makes a member of whoever has been sent the link. It works once. */
export function InvitePage({ session, entry, token }: InvitePageProps) {
  const offer = useLoaded(() => entry.lookAtInvite(token))
  const [, navigate] = useLocation()
  const { state } = offer
  if (state.status === 'failed' && ['NOT_FOUND', 'VALIDATION_FAILED', 'UNAUTHENTICATED'].includes(state.error.code)) {
    return (
      <EntryCard
        title="This invite no longer works"
        lead="It was used already, taken back, or is too old. Ask whoever invited you for a new one."
      >
        <Link href="/" className={styles.link}>
          Go to the sign-in
        </Link>
      </EntryCard>
    )
  }
  if (state.status !== 'loaded') {
    return (
      <EntryCard title="You are invited" lead="One moment.">
        <LoadView loaded={offer}>{() => null}</LoadView>
      </EntryCard>
    )
  }
  const { email, role, organization } = state.value
  return (
    <EntryCard
      title={`Join ${organization.name}`}
      lead={`As ${ROLE_NAMES[role].toLowerCase()}. ${ROLE_MEANINGS[role]}`}
    >
      <EntryForm
        submitLabel="Join"
        onSubmit={async (field) => {
          const current = await entry.acceptInvite({ token, name: field('name'), password: field('password') })
          // The address is left first: the link has done its work, and the way back must not lead to it.
          navigate('/', { replace: true })
          session.enter(current)
        }}
      >
        <TextInput label="Email" name="email" type="email" autoComplete="username" value={email} readOnly />
        <TextInput
          label="Your name"
          name="name"
          description="Visitors read it beside your answers."
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={100}
          autoFocus
        />
        <NewPassword />
      </EntryForm>
    </EntryCard>
  )
}
