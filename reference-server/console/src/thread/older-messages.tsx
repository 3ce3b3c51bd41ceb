import { Button } from '@mantine/core'
import { useState } from 'react'
import styles from './message-list.module.css'

/** Brings older events in above. */
export function OlderMessages({ load }: { load: () => Promise<unknown> }) {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  return (
    <div className={styles.older}>
      {state === 'failed' && <span role="alert">Older messages did not load.</span>}
      <Button
        size="compact-md"
        fz={13}
        variant="default"
        loading={state === 'busy'}
        onClick={() => {
          setState('busy')
          load().then(
            () => setState('idle'),
            () => setState('failed'),
          )
        }}
      >
        {state === 'failed' ? 'Try again' : 'Load older messages'}
      </Button>
    </div>
  )
}
