import { TextInput } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { LoadView } from '../admin/load-view.js'
import { useLoaded } from '../admin/use-loaded.js'
import type { EntryApi } from '../api/entry-api.js'
import type { Session } from '../session/session.js'
import styles from '../session/session.module.css'
import { EntryCard } from './entry-card.js'
import { EntryForm } from './entry-form.js'
import { NewPassword } from './new-password.js'

/** Whoever has started the server makes its first organization, and themselves its first member. */
export function FirstRunPage({ session, entry }: { session: Session; entry: EntryApi }) {
  const open = useLoaded(() => entry.isFirstRun())
  const [, navigate] = useLocation()
  const { state } = open
  if (state.status !== 'loaded') {
    return (
      <EntryCard title="Set up ChatDesk" lead="One moment.">
        <LoadView loaded={open}>{() => null}</LoadView>
      </EntryCard>
    )
  }
  if (!state.value) {
    return (
      <EntryCard title="This server is set up already" lead="Sign in, or ask an admin to invite you.">
        <Link href="/" className={styles.link}>
          Sign in
        </Link>
      </EntryCard>
    )
  }
  return (
    <EntryCard title="Set up ChatDesk" lead="Five small steps to the first conversation. This is the first.">
      <EntryForm
        submitLabel="Go on"
        onSubmit={async (field) => {
          const current = await entry.firstRun({
            code: field('code'),
            organization: field('organization'),
            name: field('name'),
            email: field('email'),
            password: field('password'),
          })
          navigate('/setup/departments', { replace: true })
          session.enter(current)
        }}
      >
        <TextInput
          label="Code"
          name="code"
          description="The server has printed it at its start."
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          maxLength={64}
          autoFocus
        />
        <TextInput
          label="Organization"
          name="organization"
          description="The company that answers."
          autoComplete="organization"
          required
          withAsterisk={false}
          maxLength={100}
        />
        <TextInput label="Your name" name="name" autoComplete="name" required withAsterisk={false} maxLength={100} />
        <TextInput
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          maxLength={254}
        />
        <NewPassword />
      </EntryForm>
    </EntryCard>
  )
}
