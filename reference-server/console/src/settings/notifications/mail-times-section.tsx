import type { MailSettings } from '@chatdesk/protocol'
import { Button, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import admin from '../../admin/admin.module.css'
import { ErrorLine } from '../../admin/error-line.js'
import { LoadView } from '../../admin/load-view.js'
import { Section } from '../../admin/section.js'
import { Tag } from '../../admin/tag.js'
import { useAction } from '../../admin/use-action.js'
import { useLoaded } from '../../admin/use-loaded.js'
import { useConsole } from '../../client/console-services.js'
import styles from '../settings.module.css'

/** For admins: how long it takes until the whole organization's mails go out. */
export function MailTimesSection() {
  const { admin: api } = useConsole()
  const loaded = useLoaded(() => api.notifications.mailSettings())
  return (
    <Section
      title="When mails go out"
      lead="For the whole organization. Visitors are mailed only where their widget does so."
    >
      <LoadView loaded={loaded}>{(value) => <TimesForm value={value} onSaved={loaded.set} />}</LoadView>
    </Section>
  )
}

function TimesForm({ value, onSaved }: { value: MailSettings; onSaved: (value: MailSettings) => void }) {
  const { admin: api } = useConsole()
  const [draft, setDraft] = useState(value)
  const [justSaved, setJustSaved] = useState(false)
  const action = useAction()
  const isSame =
    draft.missedAfterMinutes === value.missedAfterMinutes && draft.replyAfterMinutes === value.replyAfterMinutes
  async function submit(event: FormEvent) {
    event.preventDefault()
    await action.run(async () => {
      onSaved(await api.notifications.saveMailSettings(draft))
      setJustSaved(true)
    })
  }
  const minutes = (name: keyof MailSettings, label: string, description: string) => (
    <NumberInput
      label={label}
      description={description}
      suffix=" min"
      min={1}
      max={1_440}
      allowDecimal={false}
      value={draft[name]}
      onChange={(next) => {
        setJustSaved(false)
        if (typeof next === 'number') setDraft((before) => ({ ...before, [name]: next }))
      }}
    />
  )
  return (
    <form onSubmit={submit} className={`${admin.stack} ${styles.narrow}`}>
      {minutes('missedAfterMinutes', 'To members, of somebody who waits', 'After nobody has answered for so long.')}
      {minutes(
        'replyAfterMinutes',
        'To visitors, of what you wrote',
        'After they have left and not read it for so long.',
      )}
      <ErrorLine error={action.error} />
      <div className={admin.row}>
        <Button type="submit" loading={action.busy} disabled={isSame}>
          Save
        </Button>
        <output>{justSaved && isSame && <Tag tone="good">Saved</Tag>}</output>
      </div>
    </form>
  )
}
