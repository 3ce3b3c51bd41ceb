import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { ErrorLine } from '../admin/error-line.js'
import { useAction } from '../admin/use-action.js'
import { useArrivalFocus } from '../shell/use-arrival-focus.js'
import styles from './setup.module.css'

/** Options of `StepFrame`. */
export interface StepFrameProps {
  title: string
  lead: string
  submitLabel?: string
  /** Saves what stands in the step; rejects with the refusal. */
  onSubmit: () => Promise<unknown>
  /** Passes the step over; absent where there is nothing to pass over. */
  onSkip?: () => void
  children: ReactNode
}

/** One step: what it is for, what it asks, and the two ways on. */
export function StepFrame({ title, lead, submitLabel = 'Go on', onSubmit, onSkip, children }: StepFrameProps) {
  const action = useAction()
  const headingRef = useArrivalFocus()
  return (
    <form
      className={styles.step}
      onSubmit={async (event) => {
        event.preventDefault()
        await action.run(onSubmit)
      }}
    >
      <div>
        <h1 ref={headingRef} tabIndex={-1}>
          {title}
        </h1>
        <p>{lead}</p>
      </div>
      {children}
      <ErrorLine error={action.error} />
      <div className={styles.ways}>
        {onSkip && (
          <Button variant="default" size="md" onClick={onSkip}>
            Skip
          </Button>
        )}
        <Button type="submit" size="md" loading={action.busy}>
          {submitLabel}
        </Button>
      </div>
    </form>
  )
}
