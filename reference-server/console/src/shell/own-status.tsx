import type { TeamMember } from '@chatdesk/protocol'
import { Radio } from '@mantine/core'
import { ErrorLine } from '../admin/error-line.js'
import { useAction } from '../admin/use-action.js'
import { useConsole } from '../client/console-services.js'
import styles from './own-status.module.css'

type Availability = TeamMember['availability']

const CHOICES: readonly { value: Availability; name: string; meaning: string }[] = [
  {
    value: 'available',
    name: 'Available',
    meaning: 'Where assignment is automatic, conversations that wait come to you.',
  },
  { value: 'away', name: 'Away', meaning: 'Nothing new comes to you. Unanswered ones go to a colleague.' },
]

/** Options of `OwnStatus`. */
interface OwnStatusProps {
  own: TeamMember
  onChanged: (own: TeamMember) => void
}

/** Whether one takes conversations, and what that means. */
export function OwnStatus({ own, onChanged }: OwnStatusProps) {
  const { admin: api } = useConsole()
  const action = useAction()
  const choose = (availability: string) =>
    void action.run(async () =>
      onChanged(await api.team.update(own.id, { availability: availability === 'away' ? 'away' : 'available' })),
    )
  return (
    <Radio.Group label="Status" value={own.availability} onChange={choose} className={styles.status ?? ''}>
      {CHOICES.map(({ value, name, meaning }) => (
        <Radio key={value} value={value} label={name} description={meaning} disabled={action.busy} mt={8} />
      ))}
      <ErrorLine error={action.error} />
    </Radio.Group>
  )
}
