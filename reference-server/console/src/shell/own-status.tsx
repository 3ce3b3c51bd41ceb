import { LONGEST_AWAY_MS, type TeamMember } from '@chatdesk/protocol'
import { Button, Radio, TextInput } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { type FormEvent, useState } from 'react'
import { ErrorLine } from '../admin/error-line.js'
import { useAction } from '../admin/use-action.js'
import { useConsole } from '../client/console-services.js'
import { awayText } from '../team/away-text.js'
import { AWAY_FOR, nextAt } from './away-times.js'
import styles from './own-status.module.css'

/** Options of `OwnStatus`. */
interface OwnStatusProps {
  own: TeamMember
  onChanged: (own: TeamMember) => void
}

/** Whether one takes conversations, and what that means; of who goes away, until when. */
export function OwnStatus({ own, onChanged }: OwnStatusProps) {
  const { admin: api, $now } = useConsole()
  const now = useStore($now)
  const action = useAction()
  const turn = (availability: TeamMember['availability'], backAt: number | null = null) => {
    if (action.busy) return
    const until = backAt === null ? {} : { backAt: new Date(backAt).toISOString() }
    void action.run(async () => onChanged(await api.team.update(own.id, { availability, ...until })))
  }
  return (
    <div className={styles.status}>
      <Radio.Group
        label="Status"
        value={own.availability}
        onChange={(chosen) => turn(chosen === 'away' ? 'away' : 'available')}
      >
        <Radio
          {...{ value: 'available', label: 'Available', mt: 8, disabled: action.busy }}
          description="Where assignment is automatic, conversations that wait come to you."
        />
        <Radio
          {...{ value: 'away', label: own.availability === 'away' ? awayText(own, now) : 'Away', mt: 8 }}
          disabled={action.busy}
          description="Nothing new comes to you. Unanswered ones go to a colleague."
        />
      </Radio.Group>
      <fieldset className={styles.awayFor}>
        <legend>Away for</legend>
        {AWAY_FOR.map(({ name, ms }) => (
          <Button
            key={name}
            {...{ variant: 'default', size: 'compact-sm' }}
            aria-label={`Away for ${name}`}
            onClick={() => turn('away', $now.get() + ms)}
          >
            {name}
          </Button>
        ))}
      </fieldset>
      <AwayUntil onChosen={(backAt) => turn('away', backAt)} />
      <ErrorLine error={action.error} />
    </div>
  )
}

/** Any other time: a lunch is seldom as long as a button says. */
function AwayUntil({ onChosen }: { onChosen: (backAt: number) => void }) {
  const { $now } = useConsole()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  function submit(event: FormEvent) {
    event.preventDefault()
    const backAt = nextAt(text, $now.get())
    const isSoon = backAt !== null && backAt - $now.get() <= LONGEST_AWAY_MS
    setProblem(isSoon ? null : 'Choose a time within twelve hours.')
    if (isSoon) onChosen(backAt)
  }
  return (
    <form onSubmit={submit} noValidate className={styles.awayUntil}>
      <TextInput
        {...{ type: 'time', label: 'Away until', size: 'xs', value: text }}
        error={problem}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" {...{ variant: 'default', size: 'xs' }}>
        Set
      </Button>
    </form>
  )
}
