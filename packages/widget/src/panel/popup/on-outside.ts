import type { Unsubscribe } from '@chatdesk/core'
import { listen } from '../../launcher/host-page.js'

/** Told when the visitor turns to something of the panel that is neither in a popup nor its button, which stand together. */
export function onOutside(container: HTMLElement, popup: HTMLElement, listener: () => void): Unsubscribe {
  return listen(container, 'pointerdown focusin', ({ target }) => {
    if (!popup.parentElement?.contains(target as Node)) listener()
  })
}
