import { Button } from '@mantine/core'
import { Eye } from 'lucide-react'
import { useLocation } from 'wouter'
import { useAction } from '../admin/use-action.js'
import { useConsole } from '../client/console-services.js'
import { errorText } from '../text/error-text.js'
import styles from './shell.module.css'

/** Says all the time whose organization a super admin looks at, and why. */
export function VisitBanner() {
  const { admin, current, enter } = useConsole()
  const [, navigate] = useLocation()
  const action = useAction()
  if (!current.visiting) return null
  const leave = () =>
    action.run(async () => {
      enter(await admin.organizations.leave())
      navigate('/settings/organizations')
    })
  return (
    <section className={styles.banner} data-tone="visit" aria-label="Visit">
      <Eye size={16} strokeWidth={2} aria-hidden />
      <span>
        <strong>
          You are visiting <bdi>{current.organization.name}</bdi>.
        </strong>{' '}
        They see in their audit trail that you are here, what you do, and why: “{current.visiting.reason}”
        {action.error && <em role="alert"> {errorText(action.error)}</em>}
      </span>
      <Button size="compact-sm" variant="default" loading={action.busy} onClick={() => void leave()}>
        Leave
      </Button>
    </section>
  )
}
