import type { Unsubscribe } from '@chatdesk/core'
import { createSharedTabs, type OpenTabChannel, type SharedTabs, type TabLock } from '@chatdesk/core/shared-tabs'
import { uplinkTransport } from '@chatdesk/transports/uplink'
import { onPageHide } from '../launcher/host-page.js'

/** Another number when tabs say other things to each other: those of two versions then share nothing. */
const VERSION = 1

/** By session: one page is one tab, however often its widget is drawn. */
const known = new Map<string, SharedTabs>()

/** By widget: those of its session. */
const newest = new Map<string, SharedTabs>()

/** Whether this tab leads those of its session; undefined where they share nothing. */
export const leadership = (widgetKey: string): SharedTabs['$leader'] | undefined => newest.get(widgetKey)?.$leader

/** Makes the transports of one tab of a session; where the browser has no locks or channels, as if it were the only one. */
export function shareTabs(widgetKey: string, sessionId: string): SharedTabs['connect'] {
  const { locks } = navigator as { locks?: LockManager }
  // Absent on pages without TLS, and in Safari before 15.4: each tab then has a connection of its own.
  if (!locks || typeof BroadcastChannel === 'undefined') return (create) => create()
  const name = `chatdesk_${widgetKey}/${VERSION}/${sessionId}`
  let tabs = known.get(name)
  tabs ??= createSharedTabs({
    lock: browserLock(locks, name),
    openChannel: openBrowserChannel(name),
    uplink: uplinkTransport({ fetch: (...request) => fetch(...request) }),
    onRest: onPageHide,
  })
  known.set(name, tabs)
  newest.set(widgetKey, tabs)
  return tabs.connect
}

function browserLock(locks: LockManager, name: string): TabLock {
  const request = (options: LockOptions) =>
    new Promise<Unsubscribe | undefined>((resolve, reject) => {
      const granted = (lock: Lock | null) => (lock ? new Promise<void>(resolve) : resolve(undefined))
      locks.request(name, options, granted).catch(reject)
    })
  return {
    tryTake: () => request({ ifAvailable: true }),
    take: (signal) => request({ signal }) as Promise<Unsubscribe>,
  }
}

function openBrowserChannel(name: string): OpenTabChannel {
  return (onMessage) => {
    const channel = new BroadcastChannel(name)
    channel.onmessage = ({ data }) => onMessage(data)
    return { post: (text) => channel.postMessage(text), close: () => channel.close() }
  }
}
