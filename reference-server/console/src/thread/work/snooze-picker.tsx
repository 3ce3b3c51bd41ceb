import { Button, TextInput } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { CalendarClock, Clock, Sun } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useConsole } from '../../client/console-services.js'
import type { PickerOption } from '../../picker/filter-options.js'
import { Picker } from '../../picker/picker.js'
import { untilTime } from '../../text/format-time.js'
import type { WorkPickerProps } from './assign-picker.js'
import { type SnoozeTime, typedTime, usualTimes } from './snooze-times.js'
import styles from './work.module.css'

const ICON = { size: 16, strokeWidth: 1.75 } as const

/** Until when a conversation is out of everybody's way. */
export function SnoozePicker({ work, onDone }: WorkPickerProps) {
  const { $now } = useConsole()
  const now = useStore($now)
  const [own, setOwn] = useState(false)
  const snooze = (until: number | null) => {
    work.snooze(until)
    onDone()
  }
  const option = ({ id, label, until }: SnoozeTime): PickerOption => ({
    id,
    label,
    hint: untilTime(until, now),
    icon: <Clock {...ICON} />,
    run: () => snooze(until),
  })
  if (own) return <OwnTime now={now} onChosen={snooze} />
  return (
    <Picker
      label="Snooze until"
      placeholder="Snooze until… or 45m, 3h, 2d"
      emptyText="Type a time such as 45m, 3h or 2d."
      options={[
        ...(work.row?.snoozedUntil
          ? [{ id: 'wake', label: 'Wake it now', icon: <Sun {...ICON} />, run: () => snooze(null) }]
          : []),
        ...usualTimes(now).map(option),
        { id: 'own', label: 'Another time…', icon: <CalendarClock {...ICON} />, run: () => setOwn(true) },
      ]}
      typed={(query) => {
        const time = typedTime(query, now)
        return time ? [option(time)] : []
      }}
    />
  )
}

function OwnTime({ now, onChosen }: { now: number; onChosen(until: number): void }) {
  const [text, setText] = useState(() => localText(usualTimes(now).at(-1)?.until ?? now))
  const until = Date.parse(text)
  const isFuture = until > now
  function submit(event: FormEvent) {
    event.preventDefault()
    if (isFuture) onChosen(until)
  }
  return (
    <form className={styles.ownTime} onSubmit={submit}>
      <TextInput
        type="datetime-local"
        label="Snooze until"
        autoFocus
        value={text}
        min={localText(now)}
        onChange={(event) => setText(event.currentTarget.value)}
        error={text !== '' && !isFuture && 'This is past.'}
      />
      <Button type="submit" disabled={!isFuture}>
        Snooze
      </Button>
    </form>
  )
}

/** As the field wants it: local, to the minute. */
function localText(moment: number): string {
  return new Date(moment - new Date(moment).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
