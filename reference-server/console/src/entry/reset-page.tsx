import { ChatError } from '@chatdesk/protocol'
import { useState } from 'react'
import { Link } from 'wouter'
import type { EntryApi } from '../api/entry-api.js'
import styles from '../session/session.module.css'
import { EntryCard } from './entry-card.js'
import { EntryForm } from './entry-form.js'
import { NewPassword } from './new-password.js'

/** Takes a new password by the link that was mailed. */
export function ResetPage({ entry, token }: { entry: EntryApi; token: string }) {
  const [outcome, setOutcome] = useState<'open' | 'done' | 'spent'>('open')
  if (outcome === 'done') {
    return (
      <EntryCard title="Your password is changed" lead="You were signed out everywhere else.">
        <Link href="/" replace className={styles.link}>
          Sign in
        </Link>
      </EntryCard>
    )
  }
  if (outcome === 'spent') {
    return (
      <EntryCard title="This link no longer works" lead="It was used already, or is too old.">
        <Link href="/forgot" replace className={styles.link}>
          Ask for a new one
        </Link>
      </EntryCard>
    )
  }
  return (
    <EntryCard title="Choose a new password" lead="It replaces the old one at once, everywhere.">
      <EntryForm
        submitLabel="Change the password"
        onSubmit={async (field) => {
          try {
            await entry.resetPassword({ token, password: field('password') })
            setOutcome('done')
          } catch (error) {
            if (!ChatError.isInstance(error) || error.code !== 'NOT_FOUND') throw error
            setOutcome('spent')
          }
        }}
      >
        <NewPassword label="New password" />
      </EntryForm>
    </EntryCard>
  )
}
