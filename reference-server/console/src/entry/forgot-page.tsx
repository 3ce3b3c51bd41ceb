import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import type { EntryApi } from '../api/entry-api.js'
import styles from '../session/session.module.css'
import { EntryCard } from './entry-card.js'
import { EntryForm } from './entry-form.js'

/** Asks for a link to a new password. What it answers does not tell whether the address is known. */
export function ForgotPage({ entry }: { entry: EntryApi }) {
  const [sentTo, setSentTo] = useState<string | null>(null)
  if (sentTo !== null) {
    return (
      <EntryCard
        title="Look at your mail"
        lead={
          <>
            If <bdi>{sentTo}</bdi> belongs to a member, a link is on its way. Where this server sends no mail, ask
            whoever runs it: they can make you a link.
          </>
        }
      >
        <Link href="/" className={styles.link}>
          Back to the sign-in
        </Link>
      </EntryCard>
    )
  }
  return (
    <EntryCard title="Forgotten your password?" lead="We send you a link to choose a new one.">
      <EntryForm
        submitLabel="Send the link"
        onSubmit={async (field) => {
          await entry.forgotPassword(field('email'))
          setSentTo(field('email'))
        }}
      >
        <TextInput
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          maxLength={254}
          autoFocus
        />
      </EntryForm>
      <Link href="/" className={styles.link}>
        Back to the sign-in
      </Link>
    </EntryCard>
  )
}
