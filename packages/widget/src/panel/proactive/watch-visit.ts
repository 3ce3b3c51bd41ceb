import type { Unsubscribe } from '@chatdesk/core'
import type { Visit } from './due-rule.js'

/** What can be seen of a visit on the page alone. */
export type SeenVisit = Omit<Visit, 'returning' | 'open'>

/** The page as rules see it. */
export interface WatchedPage {
  /** Its address, without the place within the page. */
  address(): string
  /** How far down one has scrolled, in percent; 0 where there is nothing to scroll. */
  scrolled(): number
  /** Told when the pointer leaves at the top. */
  onExit(listener: () => void): Unsubscribe
  /** Calls every second. */
  onSecond(listener: () => void): Unsubscribe
}

/** Sees a visitor go about a site, whose pages may change without a load. */
export interface VisitWatch {
  /** Something was tracked. */
  track(name: string): void
  stop(): void
}

/**
 * Looks every second, and whenever something happens.
 *
 * @param tell what is seen; whether they come back, somebody else knows. True: there is no need to look any longer.
 */
export function watchVisit(page: WatchedPage, now: () => number, tell: (visit: SeenVisit) => boolean): VisitWatch {
  const events = new Set<string>()
  let url = page.address()
  let since = now()
  let scrolled = 0

  function look(exiting = false): void {
    const address = page.address()
    if (address !== url) {
      url = address
      since = now()
      scrolled = 0
    }
    scrolled = Math.max(scrolled, page.scrolled())
    if (tell({ url, seconds: (now() - since) / 1000, scrolled, exiting, events })) stop()
  }

  const stops = [page.onExit(() => look(true)), page.onSecond(() => look())]
  function stop(): void {
    for (const each of stops) each()
  }
  look()
  return {
    track(name) {
      events.add(name)
      look()
    },
    stop,
  }
}
