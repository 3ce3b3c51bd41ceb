import type { WidgetSettings } from '@chatdesk/protocol'
import { atom, type ReadableAtom } from 'nanostores'
import { guard } from '../platform/emitter.js'
import { systemClock } from '../platform/system-clock.js'
import type { Clock } from '../ports.js'

/** As far as a timer reaches, in milliseconds. */
const LONGEST_MS = 24 * 3_600_000
/** Before a look that has failed is taken again, in milliseconds. */
const AGAIN_MS = 60_000

/** Whether the team is there by its hours, and until when that holds; null: as far as anybody knows, always. */
export interface Availability {
  open: boolean
  nextChangeAt: string | null
}

/** What it is given. */
export interface AvailabilityOptions {
  /** Address of the server's mount point. */
  url: string
  widgetKey: string
  settings: Pick<WidgetSettings, 'open' | 'nextChangeAt'>
  clock?: Clock | undefined
  fetch?: typeof globalThis.fetch | undefined
}

/** Keeps a widget's hours true as time passes: turns at the moment that the settings name, then asks for the next one. */
export function createAvailability(options: AvailabilityOptions): {
  readonly $availability: ReadableAtom<Availability>
  /** Time may have passed unseen, as while a computer slept: a timer does not count it. */
  wake(): void
  dispose(): void
} {
  const { url, widgetKey, settings, clock = systemClock } = options
  const fetch = options.fetch ?? ((...request) => globalThis.fetch(...request))
  const $availability = atom<Availability>(read(settings))
  let cancel = () => {}
  let disposed = false

  function wait(): void {
    const { nextChangeAt } = $availability.value as Availability
    if (disposed || nextChangeAt === null) return
    const left = Date.parse(nextChangeAt) - clock.now()
    cancel = clock.setTimeout(() => (left > LONGEST_MS ? wait() : turn()), Math.min(Math.max(left, 0), LONGEST_MS))
  }

  function turn(): void {
    const { open } = $availability.get()
    guard(() => $availability.set({ open: !open, nextChangeAt: null }))
    void look()
  }

  async function look(): Promise<void> {
    try {
      const address = `${url}/api/chat-widget/public/widget/${encodeURIComponent(widgetKey)}/config`
      const { widget } = (await (await fetch(address, { credentials: 'omit' })).json()) as { widget: WidgetSettings }
      const next = read(widget)
      // A cache may answer what was true a minute ago.
      const isOld = next.nextChangeAt !== null && Date.parse(next.nextChangeAt) <= clock.now()
      if (isOld) throw new Error('old')
      if (!disposed) guard(() => $availability.set(next))
      wait()
    } catch {
      if (!disposed) cancel = clock.setTimeout(() => void look(), AGAIN_MS)
    }
  }

  wait()
  return {
    $availability,
    wake() {
      // Where no change is known one is being asked for, or there is none.
      if ($availability.get().nextChangeAt === null) return
      cancel()
      wait()
    },
    dispose() {
      disposed = true
      cancel()
    },
  }
}

function read({ open = true, nextChangeAt = null }: AvailabilityOptions['settings']): Availability {
  return { open, nextChangeAt }
}
