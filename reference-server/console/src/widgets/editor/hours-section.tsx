import type { BusinessHours } from '@chatdesk/protocol'
import { ActionIcon, Button, NativeSelect, Switch, TextInput } from '@mantine/core'
import { Plus, Trash2 } from 'lucide-react'
import admin from '../../admin/admin.module.css'
import { useRefusal } from '../../admin/refusal.js'
import styles from './editor.module.css'
import { type SettingsSectionProps, withEntry } from './section-props.js'
import { TimeRange } from './time-range.js'
import { ownTimeZone, timeZones } from './time-zones.js'

type OpenHours = BusinessHours['week'][number]

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MOST_SPANS = 28
const MOST_EXCEPTIONS = 100
const OFFICE = { from: '09:00', to: '17:00' }
const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const

/** What stands there when hours are switched on: an office's week where the member sits. */
function officeWeek(): BusinessHours {
  return {
    timeZone: ownTimeZone(),
    week: [1, 2, 3, 4, 5].map((day) => ({ day, ...OFFICE })),
    exceptions: [],
  }
}

/** When the team is there. */
export function HoursSection({ settings, change }: SettingsSectionProps) {
  const hours = settings.businessHours
  const refusal = useRefusal()
  const set = (changes: Partial<BusinessHours>) => hours && change({ businessHours: { ...hours, ...changes } })
  return (
    <div className={admin.stack}>
      <Switch
        label="Only at certain hours"
        description="Outside them visitors read what you say when nobody is there and when you are back, and can still leave a message. Whoever has given no address is asked for one."
        checked={hours !== null}
        onChange={(event) => change({ businessHours: event.currentTarget.checked ? officeWeek() : null })}
      />
      {hours && (
        <>
          <NativeSelect
            label="Time zone"
            description="The hours keep to its clock, through summer and winter."
            value={hours.timeZone}
            error={refusal('businessHours.timeZone')}
            data={timeZones(hours.timeZone)}
            onChange={(event) => set({ timeZone: event.currentTarget.value })}
            classNames={{ wrapper: styles.short ?? '' }}
          />
          <ul className={styles.days} aria-label="Week">
            {DAYS.map((name, index) => (
              <Day key={name} name={name} day={index + 1} week={hours.week} onChange={(week) => set({ week })} />
            ))}
          </ul>
          <Exceptions hours={hours} set={set} />
        </>
      )}
    </div>
  )
}

/** Options of `Day`. */
interface DayProps {
  name: string
  day: number
  week: readonly OpenHours[]
  onChange(week: OpenHours[]): void
}

function Day({ name, day, week, onChange }: DayProps) {
  const ranges = week.flatMap((entry, index) => (entry.day === day ? [{ entry, index }] : []))
  const set = (list: readonly OpenHours[]) => onChange([...list].sort((a, b) => a.day - b.day))
  return (
    <li className={styles.day}>
      <span>{name}</span>
      <div className={styles.ranges}>
        {ranges.length === 0 && <span className={styles.closed}>Closed</span>}
        {ranges.map(({ entry, index }) => (
          <div key={index} className={styles.spans}>
            <TimeRange
              what={name}
              path={`businessHours.week.${index}`}
              from={entry.from}
              to={entry.to}
              onChange={(range) => set(withEntry(week, index, { ...entry, ...range }))}
            />
            <ActionIcon
              aria-label={`Take out these hours of ${name}`}
              onClick={() => set(withEntry(week, index, null))}
            >
              <Trash2 {...ICON} />
            </ActionIcon>
          </div>
        ))}
      </div>
      <ActionIcon
        aria-label={`Add hours on ${name}`}
        disabled={week.length >= MOST_SPANS}
        onClick={() => set([...week, { day, ...(ranges.length === 0 ? OFFICE : { from: '18:00', to: '20:00' }) }])}
      >
        <Plus {...ICON} />
      </ActionIcon>
    </li>
  )
}

function Exceptions({ hours, set }: { hours: BusinessHours; set: (changes: Partial<BusinessHours>) => void }) {
  const { exceptions } = hours
  const refusal = useRefusal()
  return (
    <>
      <h3 className={styles.subtitle}>Exceptions</h3>
      {exceptions.length === 0 && <p className={styles.closed}>None. Add holidays, or days with other hours.</p>}
      <ul className={styles.days} aria-label="Exceptions">
        {exceptions.map((exception, index) => {
          const { date, from, to } = exception
          const isOpen = from !== undefined && to !== undefined
          const day = date || `exception ${index + 1}`
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may name the same day while one is being changed
            <li key={index} className={styles.day}>
              <TextInput
                size="sm"
                type="date"
                aria-label={`Date of exception ${index + 1}`}
                value={date}
                required
                error={refusal(`businessHours.exceptions.${index}.date`)}
                onChange={(event) =>
                  set({ exceptions: withEntry(exceptions, index, { ...exception, date: event.currentTarget.value }) })
                }
              />
              <div className={styles.ranges}>
                <Switch
                  size="sm"
                  label={isOpen ? 'Open' : 'Closed all day'}
                  aria-label={`Open on ${day}`}
                  checked={isOpen}
                  onChange={(event) => {
                    const changed = event.currentTarget.checked ? { date, ...OFFICE } : { date }
                    set({ exceptions: withEntry(exceptions, index, changed) })
                  }}
                />
                {isOpen && (
                  <TimeRange
                    what={day}
                    path={`businessHours.exceptions.${index}`}
                    from={from}
                    to={to}
                    onChange={(range) => set({ exceptions: withEntry(exceptions, index, { ...exception, ...range }) })}
                  />
                )}
              </div>
              <ActionIcon
                aria-label={`Take out the exception of ${day}`}
                onClick={() => set({ exceptions: withEntry(exceptions, index, null) })}
              >
                <Trash2 {...ICON} />
              </ActionIcon>
            </li>
          )
        })}
      </ul>
      <div className={admin.row}>
        <Button
          variant="default"
          leftSection={<Plus {...ICON} />}
          disabled={exceptions.length >= MOST_EXCEPTIONS}
          // Which day, only its author knows.
          onClick={() => set({ exceptions: [...exceptions, { date: '' }] })}
        >
          Add an exception
        </Button>
      </div>
    </>
  )
}
