import type { Unsubscribe } from '@chatdesk/core'
import { hostGlobals, listen, pageAddress, pageTitle } from '../../launcher/host-page.js'

/** A page that a visitor is on. */
export interface SeenPage {
  url: string
  title?: string
}

/** The page that is shown now. */
export function seenPage(): SeenPage {
  const title = pageTitle()
  return { url: pageAddress().url, ...(title ? { title } : {}) }
}

/**
 * Tells of the page that is shown now, and of each that an app shows in its place, once its router is through and has named it.
 * Where the browser does not tell (before its Navigation API), `history` is wrapped, and given back unless somebody has
 * wrapped it again.
 */
export function watchPages(tell: (page: SeenPage) => void): Unsubscribe {
  let watching = true
  const look = () => void setTimeout(() => watching && tell(seenPage()))
  look()
  const { navigation, history } = hostGlobals() as { navigation?: EventTarget; history: History }
  const stop = navigation ? listen(navigation, 'currententrychange', look) : watchHistory(history, look)
  return () => {
    watching = false
    stop()
  }
}

function watchHistory(history: History, look: () => void): Unsubscribe {
  const gives = (['pushState', 'replaceState'] as const).map((name) => {
    const original = history[name]
    const wrapped: History['pushState'] = (...args) => {
      original.apply(history, args)
      look()
    }
    history[name] = wrapped
    return () => {
      if (history[name] === wrapped) history[name] = original
    }
  })
  const stop = listen(hostGlobals() as unknown as EventTarget, 'popstate hashchange', look)
  return () => {
    stop()
    for (const give of gives) give()
  }
}
