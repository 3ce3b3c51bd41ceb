import type { QuietHours } from '@chatdesk/protocol'
import { NativeSelect, Switch, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import admin from '../../admin/admin.module.css'
import { ownTimeZone, timeZones } from '../../widgets/editor/time-zones.js'

/** Options of `QuietHoursField`. */
export interface QuietHoursFieldProps {
  value: QuietHours | undefined
  onChange(value: QuietHours | undefined): void
}

/** Hours in which nothing sounds, shows or is pushed but what is urgent; mails come all the same. A time that is half typed is not said yet. */
export function QuietHoursField({ value, onChange }: QuietHoursFieldProps) {
  const [draft, setDraft] = useState(value)
  useEffect(() => setDraft(value), [value])
  const change = (next: QuietHours) => {
    setDraft(next)
    if (next.from !== '' && next.to !== '' && next.from !== next.to) onChange(next)
  }
  return (
    <>
      <Switch
        label="Quiet hours"
        description="No sound, no notification and no push meanwhile, but for urgent conversations."
        checked={value !== undefined}
        onChange={({ currentTarget }) =>
          onChange(currentTarget.checked ? { from: '20:00', to: '08:00', timeZone: ownTimeZone() } : undefined)
        }
      />
      {draft !== undefined && (
        <div className={admin.row}>
          <TextInput
            type="time"
            label="From"
            value={draft.from}
            onChange={({ currentTarget }) => change({ ...draft, from: currentTarget.value })}
          />
          <TextInput
            type="time"
            label="To"
            value={draft.to}
            error={draft.from === draft.to && 'Another time'}
            onChange={({ currentTarget }) => change({ ...draft, to: currentTarget.value })}
          />
          <NativeSelect
            label="Time zone"
            value={draft.timeZone}
            data={timeZones(draft.timeZone)}
            onChange={({ currentTarget }) => change({ ...draft, timeZone: currentTarget.value })}
          />
        </div>
      )}
    </>
  )
}
