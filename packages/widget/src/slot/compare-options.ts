import type { MountOptions } from '../mount/mount-widget.js'
import { LIVE_OPTIONS } from '../widget-options.js'

/** Whether two values say the same. Functions are taken for equal: apps write them anew each time they draw. */
function isSame(before: unknown, after: unknown): boolean {
  if (Object.is(before, after)) return true
  if (typeof before === 'function') return typeof after === 'function'
  return isPlain(before) && isPlain(after) && JSON.stringify(before) === JSON.stringify(after)
}

/** A record, and no element of a page. */
const isPlain = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** Names of the options that differ. `client` is read once: its parts have no values to compare. */
function changed(before: MountOptions, after: MountOptions): (keyof MountOptions)[] {
  const names = new Set(Object.keys({ ...before, ...after }) as (keyof MountOptions)[])
  return [...names].filter((name) => name !== 'client' && !isSame(before[name], after[name]))
}

const isLive = (name: string): boolean => (LIVE_OPTIONS as readonly string[]).includes(name)

/** What the visitor has said of consent, where it has changed: another widget would know nothing of a chat in memory. */
export function consentGiven(before: MountOptions, after: MountOptions): boolean | undefined {
  const { consent } = after
  return consent === before.consent || !consent || consent === 'on-interaction' ? undefined : consent === 'granted'
}

/** What differs and a widget cannot change while it stands, such as its key, or who is signed in. */
export function needsAnother(before: MountOptions, after: MountOptions): boolean {
  const isSaid = consentGiven(before, after) !== undefined
  return changed(before, after).some((name) => !isLive(name) && !(name === 'consent' && isSaid))
}

/** What differs and the command `update` takes. */
export function liveChanges(before: MountOptions, after: MountOptions): Partial<MountOptions> {
  return Object.fromEntries(
    changed(before, after)
      .filter(isLive)
      .map((name) => [name, after[name]]),
  )
}
