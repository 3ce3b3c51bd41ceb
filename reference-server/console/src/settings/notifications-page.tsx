import type { NotificationSettings, Notifications } from '@chatdesk/protocol'
import { NativeSelect, Switch } from '@mantine/core'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { ErrorLine } from '../admin/error-line.js'
import { LoadView } from '../admin/load-view.js'
import { Section } from '../admin/section.js'
import { useAction } from '../admin/use-action.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayAdminister, useConsole } from '../client/console-services.js'
import { MailTimesSection } from './notifications/mail-times-section.js'
import { BrowserSwitch, PushSwitch } from './notifications/outside-switches.js'
import { QuietHoursField } from './notifications/quiet-hours-field.js'
import styles from './settings.module.css'

/** What oneself wants to hear of, and how; for admins, when the organization mails. */
export function NotificationsPage() {
  const { admin: api, current } = useConsole()
  const notifications = useLoaded(() => api.notifications.read())
  return (
    <AdminPage
      title="Notifications"
      lead={`What you want to hear of, and how: yours alone${mayAdminister(current) ? ', but for what the organization mails' : ''}.`}
    >
      <LoadView loaded={notifications}>{(value) => <OwnSections value={value} onSaved={notifications.set} />}</LoadView>
      {mayAdminister(current) && <MailTimesSection />}
    </AdminPage>
  )
}

function OwnSections({ value, onSaved }: { value: Notifications; onSaved: (value: Notifications) => void }) {
  const { admin: api, $notifications, notify } = useConsole()
  const action = useAction()
  const { notifications: settings, sendsMail, pushKey } = value
  /** At once: what is switched counts, or the error says why it does not. */
  const change = async (changes: Partial<NotificationSettings>) => {
    const wanted = { ...settings, ...changes }
    onSaved({ ...value, notifications: wanted })
    const saved = await action.run(async () => {
      const answer = await api.notifications.save(wanted)
      $notifications.set(answer.notifications)
      onSaved(answer)
    })
    if (!saved) onSaved(value)
  }
  const changeMail = (changes: Partial<NotificationSettings['email']>) =>
    change({ email: { ...settings.email, ...changes } })
  return (
    <>
      <ErrorLine error={action.error} />
      <Section title="What" lead="By sound, in your browser and by push, as you choose below.">
        <div className={`${admin.stack} ${styles.narrow}`}>
          <NativeSelect
            label="New conversations"
            value={settings.newConversation}
            data={[
              { value: 'all', label: 'All that wait for somebody' },
              { value: 'mine', label: 'Those that are given to me' },
              { value: 'none', label: 'None' },
            ]}
            onChange={({ currentTarget }) =>
              change({ newConversation: currentTarget.value as NotificationSettings['newConversation'] })
            }
          />
          <Switch
            label="Messages in my conversations"
            checked={settings.newMessage === 'mine'}
            onChange={({ currentTarget }) => change({ newMessage: currentTarget.checked ? 'mine' : 'none' })}
          />
          <Switch
            label="Notes that name me"
            description="By push, and by mail where you have it so: an open console does not show them."
            checked={settings.mention}
            onChange={({ currentTarget }) => change({ mention: currentTarget.checked })}
          />
          <Switch
            label="Urgent conversations"
            description="When the assistant hands one over at once, as at words like “fraud”: in the console, by push and by e-mail, also while you are away and in quiet hours."
            checked={settings.urgent}
            onChange={({ currentTarget }) => change({ urgent: currentTarget.checked })}
          />
        </div>
      </Section>
      <Section title="How">
        <div className={`${admin.stack} ${styles.narrow}`}>
          <Switch
            label="A sound"
            description="While the console is open."
            checked={settings.sound}
            onChange={({ currentTarget }) => {
              // So that one knows what it sounds like.
              if (currentTarget.checked) notify.chime()
              void change({ sound: currentTarget.checked })
            }}
          />
          <BrowserSwitch checked={settings.browser} onChange={(browser) => change({ browser })} />
          <PushSwitch pushKey={pushKey} wanted={settings.push} onWanted={() => change({ push: true })} />
          <QuietHoursField value={settings.quietHours} onChange={(quietHours) => change({ quietHours })} />
        </div>
      </Section>
      <Section
        title="By e-mail"
        lead={sendsMail ? undefined : 'This server sends no mail. Its operator can set that up.'}
      >
        <div className={`${admin.stack} ${styles.narrow}`}>
          <Switch
            label="Somebody waits, and nobody answers"
            checked={settings.email.missed}
            disabled={!sendsMail}
            onChange={({ currentTarget }) => changeMail({ missed: currentTarget.checked })}
          />
          <Switch
            label="A conversation is given to me"
            checked={settings.email.assigned}
            disabled={!sendsMail}
            onChange={({ currentTarget }) => changeMail({ assigned: currentTarget.checked })}
          />
          <Switch
            label="A note names me"
            checked={settings.email.mentioned}
            disabled={!sendsMail}
            onChange={({ currentTarget }) => changeMail({ mentioned: currentTarget.checked })}
          />
        </div>
      </Section>
    </>
  )
}
