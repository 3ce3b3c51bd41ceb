import type { Unsubscribe } from '@chatdesk/core'
import { listen } from '../../launcher/host-page.js'

/**
 * A file that is let go over the panel where nothing takes it, such as over a form, would be opened in the place of the page.
 * The pointer says that it is not taken; who takes files says otherwise.
 */
export function refuseDrops(container: HTMLElement): Unsubscribe {
  return listen(container, 'dragenter dragover drop', (event) => {
    const { dataTransfer } = event as DragEvent
    if (event.defaultPrevented || !dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    dataTransfer.dropEffect = 'none'
  })
}
