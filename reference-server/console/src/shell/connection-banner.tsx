import type { ConnectionState } from '@chatdesk/core'
import { Button } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { CloudOff, LoaderCircle, TriangleAlert } from 'lucide-react'
import { useConsole } from '../client/console-services.js'
import { errorText } from '../text/error-text.js'
import styles from './shell.module.css'

const ICON = { size: 16, strokeWidth: 2, 'aria-hidden': true } as const

/** Says what is wrong with the connection and what may be done; nothing while all is well. */
export function ConnectionBanner() {
  const { client, reconnect } = useConsole()
  const state = useStore(client.$connection)
  return (
    <div role="status" className={styles.bannerPlace}>
      {isTroubled(state) && <Banner state={state} onReconnect={reconnect} />}
    </div>
  )
}

/** The first attempt is no trouble yet. */
function isTroubled(state: ConnectionState): boolean {
  return state.status === 'waiting' || state.status === 'failed' || (state.status === 'connecting' && state.attempt > 1)
}

function Banner({ state, onReconnect }: { state: ConnectionState; onReconnect: () => void }) {
  if (state.status === 'failed') {
    return (
      <div className={styles.banner} data-tone="bad">
        <TriangleAlert {...ICON} />
        <span>
          <strong>Not connected.</strong> {errorText(state.error)}
        </span>
        <Button size="compact-sm" variant="default" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </div>
    )
  }
  const trying = state.status === 'connecting'
  return (
    <div className={styles.banner} data-tone="warn">
      {trying ? <LoaderCircle {...ICON} className={styles.spin} /> : <CloudOff {...ICON} />}
      <span>
        <strong>{trying ? 'Reconnecting…' : 'No connection to the server.'}</strong> What you write is sent as soon as
        it is back.
      </span>
      <Button size="compact-sm" variant="default" onClick={onReconnect} disabled={trying}>
        Try now
      </Button>
    </div>
  )
}
