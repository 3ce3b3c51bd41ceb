import { ChatError } from '@chatdesk/protocol'
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { EntryApi } from '../api/entry-api.js'
import { Logo } from '../shell/logo.js'
import { useDocumentTitle } from '../shell/use-document-title.js'
import { errorText } from '../text/error-text.js'
import type { Session } from './session.js'
import styles from './session.module.css'

/** Asks who is there. `expired`: a session that was open has ended. */
export function SignInPage({ session, entry, expired }: { session: Session; entry: EntryApi; expired: boolean }) {
  useFirstRun(entry)
  useDocumentTitle('Sign in · ChatDesk')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ChatError | null>(null)
  const waitSeconds = useCountdown(error?.code === 'RATE_LIMITED' ? error : null)
  const passwordRef = useRef<HTMLInputElement>(null)
  const messageId = useId()

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setError(null)
    try {
      await session.signIn({ email: String(form.get('email')).trim(), password: String(form.get('password')) })
    } catch (refusal) {
      if (!ChatError.isInstance(refusal)) throw refusal
      setError(refusal)
      setBusy(false)
      passwordRef.current?.select()
    }
  }

  return (
    <main className={styles.page}>
      <form className={styles.card} onSubmit={submit} aria-describedby={messageId}>
        <Logo size={40} />
        <h1 className={styles.title}>Sign in to ChatDesk</h1>
        <p className={styles.lead}>
          {expired ? 'Your session has ended. Sign in to go on where you were.' : 'Answer your visitors.'}
        </p>
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
        <PasswordInput
          ref={passwordRef}
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          maxLength={256}
          visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
        />
        <div id={messageId} role="alert" className={styles.message}>
          {error && <p className={styles.error}>{signInError(error, waitSeconds)}</p>}
        </div>
        <Button type="submit" size="md" fullWidth loading={busy} disabled={waitSeconds > 0}>
          Sign in
        </Button>
        <Link href="/forgot" className={styles.link}>
          Forgotten your password?
        </Link>
      </form>
    </main>
  )
}

/** Where nobody is a member yet, nobody can sign in: there is something else to do. */
function useFirstRun(entry: EntryApi): void {
  const [, navigate] = useLocation()
  useEffect(() => {
    let wanted = true
    entry.isFirstRun().then(
      (open) => wanted && open && navigate('/setup', { replace: true }),
      // A server that cannot say shows the sign-in, which says what is wrong.
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [entry, navigate])
}

function signInError(error: ChatError, waitSeconds: number): ReactNode {
  if (error.code === 'UNAUTHENTICATED') return 'Email or password is wrong.'
  if (error.code === 'VALIDATION_FAILED') return 'Enter an email address and a password.'
  if (error.code !== 'RATE_LIMITED') return errorText(error)
  if (waitSeconds === 0) return 'You can try again now.'
  const wait = waitSeconds < 90 ? `${waitSeconds} s` : `${Math.ceil(waitSeconds / 60)} minutes`
  return (
    <>
      {/* A timer, which is not read out each time that it changes. */}
      Too many attempts. <span role="timer">Try again in {wait}.</span>
    </>
  )
}

/** Seconds until `retryAfterMs` of this error has passed. */
function useCountdown(error: ChatError | null): number {
  const [seconds, setSeconds] = useState(0)
  // Before anything is drawn or read out: the wait has not passed before it begins.
  useLayoutEffect(() => {
    const until = error ? Date.now() + (error.retryAfterMs ?? 30_000) : 0
    const tick = () => setSeconds(Math.max(0, Math.ceil((until - Date.now()) / 1000)))
    tick()
    if (!error) return
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [error])
  return seconds
}
