import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { ErrorLine } from '../admin/error-line.js'
import { LoadView } from '../admin/load-view.js'
import { Section } from '../admin/section.js'
import { Tag } from '../admin/tag.js'
import { useAction } from '../admin/use-action.js'
import { useLoaded } from '../admin/use-loaded.js'
import { useConsole } from '../client/console-services.js'
import { NewPassword } from '../entry/new-password.js'
import { fullTime } from '../text/format-time.js'
import { ROLE_MEANINGS, ROLE_NAMES } from '../text/role-names.js'
import { browserName } from './browser-name.js'
import styles from './settings.module.css'

/** One's own password and sign-ins. */
export function AccountPage() {
  const { current } = useConsole()
  const { name, email, role } = current.member
  return (
    <AdminPage title="My account" lead={`${name}, ${email}. ${ROLE_NAMES[role]}: ${ROLE_MEANINGS[role]}`}>
      <PasswordSection />
      <SessionsSection />
    </AdminPage>
  )
}

function PasswordSection() {
  const { admin: api } = useConsole()
  const action = useAction()
  const [changed, setChanged] = useState(false)
  const formRef = useRef<HTMLFormElement>(null)
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    setChanged(false)
    const form = new FormData(event.currentTarget)
    const input = { current: String(form.get('currentPassword')), next: String(form.get('password')) }
    if (!(await action.run(() => api.account.changePassword(input)))) return
    setChanged(true)
    formRef.current?.reset()
  }
  return (
    <Section title="Password" lead="A change signs you out everywhere else.">
      <form ref={formRef} onSubmit={submit} className={`${admin.stack} ${styles.narrow}`}>
        <PasswordInput
          label="Current password"
          name="currentPassword"
          autoComplete="current-password"
          required
          withAsterisk={false}
          maxLength={256}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the current password' }}
        />
        <NewPassword label="New password" />
        <ErrorLine error={action.error} />
        <div className={admin.row}>
          <Button type="submit" loading={action.busy}>
            Change the password
          </Button>
          <output>{changed && <Tag tone="good">Changed</Tag>}</output>
        </div>
      </form>
    </Section>
  )
}

function SessionsSection() {
  const { admin: api, signOut } = useConsole()
  const sessions = useLoaded(() => api.account.sessions())
  const action = useAction()
  const end = (id: string) =>
    action.run(async () => {
      await api.account.endSession(id)
      sessions.reload()
    })
  const endAll = () =>
    action.run(async () => {
      await api.account.signOutEverywhere()
      // This one has ended too; the console learns it by asking.
      await signOut()
    })
  return (
    <Section title="Sign-ins" lead="Browsers in which you are signed in. End what you do not know.">
      <ErrorLine error={action.error} />
      <LoadView loaded={sessions}>
        {(rows) => (
          <ul className={styles.list}>
            {rows.map(({ id, userAgent, lastSeenAt, current }) => (
              <li key={id}>
                <span className={admin.cellTitle} title={userAgent ?? undefined}>
                  <strong>
                    {browserName(userAgent)} {current && <Tag tone="good">This one</Tag>}
                  </strong>
                  <span>Last seen {fullTime(lastSeenAt)}</span>
                </span>
                {!current && (
                  <Button
                    variant="default"
                    size="xs"
                    fz={13}
                    disabled={action.busy}
                    aria-label={`End the sign-in of ${browserName(userAgent)}`}
                    onClick={() => void end(id)}
                  >
                    End
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </LoadView>
      <div className={admin.row}>
        <Button variant="default" loading={action.busy} onClick={() => void endAll()}>
          Sign out everywhere
        </Button>
      </div>
    </Section>
  )
}
