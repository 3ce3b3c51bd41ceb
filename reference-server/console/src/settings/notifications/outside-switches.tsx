import { ChatError } from '@chatdesk/protocol'
import { Switch } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useAction } from '../../admin/use-action.js'
import { useConsole } from '../../client/console-services.js'

const DENIED = 'This browser was told not to show notifications of this site. Allow them in its settings first.'

/** Notifications of the browser while the console is open; it is asked with the press. */
export function BrowserSwitch({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  const { notify } = useConsole()
  const [permission, setPermission] = useState(notify.permission)
  const isOff = permission === 'denied' || permission === 'unsupported'
  return (
    <Switch
      label="In the browser"
      description={
        permission === 'unsupported'
          ? 'This browser shows no notifications.'
          : permission === 'denied'
            ? DENIED
            : 'While the console is open, and you look at something else.'
      }
      checked={checked && permission === 'granted'}
      disabled={isOff}
      onChange={async ({ currentTarget }) => {
        const wanted = currentTarget.checked
        const granted = wanted ? await notify.askPermission() : permission
        setPermission(granted)
        if (!wanted || granted === 'granted') onChange(wanted)
      }}
    />
  )
}

/** Options of `PushSwitch`. */
export interface PushSwitchProps {
  /** Null: this server pushes nothing. */
  pushKey: string | null
  /** Whether the member wants pushes at all. */
  wanted: boolean
  onWanted(): void
}

/** Notifications in this browser while no console is open, until the sign-in ends. Other browsers have a switch of their own. */
export function PushSwitch({ pushKey, wanted, onWanted }: PushSwitchProps) {
  const { admin, notify } = useConsole()
  const action = useAction()
  const [endpoint, setEndpoint] = useState<string | null>(null)
  const [permission, setPermission] = useState(notify.permission)
  useEffect(() => {
    notify.push.current().then(setEndpoint, () => setEndpoint(null))
  }, [notify])
  const isOff = pushKey === null || permission === 'denied' || permission === 'unsupported'
  const subscribe = async (key: string) => {
    const granted = await notify.askPermission()
    setPermission(granted)
    if (granted !== 'granted') return
    const address = await notify.push.subscribe(key).catch(() => {
      throw new ChatError(
        'UNAVAILABLE',
        'This browser could not be reached by push. A private window, or its settings, may forbid it.',
      )
    })
    await admin.notifications.addBrowser(address)
    setEndpoint(address.endpoint)
    if (!wanted) onWanted()
  }
  const unsubscribe = async (address: string) => {
    await admin.notifications.removeBrowser(address)
    await notify.push.unsubscribe().catch(() => {})
    setEndpoint(null)
  }
  return (
    <Switch
      label="By push, in this browser"
      description={
        pushKey === null
          ? 'This server pushes nothing: its operator has given it no CHATDESK_SECRET.'
          : permission === 'denied'
            ? DENIED
            : 'While no console is open, until you sign out.'
      }
      checked={wanted && endpoint !== null}
      disabled={isOff || action.busy}
      error={action.error?.message}
      onChange={({ currentTarget }) =>
        action.run(async () => {
          if (!currentTarget.checked && endpoint !== null) await unsubscribe(endpoint)
          else if (pushKey !== null) await subscribe(pushKey)
        })
      }
    />
  )
}
