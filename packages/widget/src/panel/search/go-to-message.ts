import { listen } from '../../launcher/host-page.js'
import { afterDrawing } from '../after-drawing.js'
import { LONG } from '../conversation/shown-entries.js'
import type { bringChunk } from '../extras/bring-chunk.js'
import type { PanelModel } from '../panel-model.js'
import type { RichPanel } from '../rich-panel.js'

/** Of a message; what is around it has no box. */
const BUBBLE = '.message > .bubble'

/**
 * Shows the conversation at one of its messages, which takes the focus and is marked for as long as it has it.
 *
 * @param back called on Escape there.
 */
export async function goToMessage(
  panel: PanelModel,
  bring: typeof bringChunk,
  key: string,
  back: () => void,
): Promise<void> {
  const { client, container } = panel
  // Of many messages, the panel draws the newest alone until it has this.
  const long = client.$timeline.get().length > LONG ? await bring(panel, () => import('../long/long.js')) : undefined
  ;(panel as RichPanel).update({ view: null, ...(long && { long }) })
  afterDrawing(() => {
    const scroller = container.querySelector<HTMLElement>('[data-part="thread"]')
    if (!scroller) return
    const found = (message: HTMLElement) => mark(message, scroller, back)
    // The thread goes to its end once it knows how large it is, and hears of that before whoever asks later.
    const observer = new ResizeObserver(() => {
      observer.disconnect()
      if (long) long.showMessage(scroller, key, found)
      else {
        const messages = client.$timeline.get().filter(({ type }) => type === 'message')
        const fromEnd = messages.findIndex((message) => message.key === key) - messages.length
        const message = [...scroller.querySelectorAll<HTMLElement>(BUBBLE)].at(fromEnd)
        if (message) found(message)
      }
    })
    observer.observe(scroller)
  })
}

function mark(message: HTMLElement, scroller: HTMLElement, back: () => void): void {
  const distance = message.getBoundingClientRect().top - scroller.getBoundingClientRect().top
  scroller.scrollTop += distance - (scroller.clientHeight - message.offsetHeight) / 2
  // Now, and not when the browser tells of it: until then the thread would stay at its end.
  scroller.dispatchEvent(new Event('scroll'))
  message.tabIndex = -1
  message.classList.add('found')
  message.focus({ preventScroll: true })
  const stop = listen(message, 'blur keydown', (event) => {
    if (event.type === 'keydown') {
      if ((event as KeyboardEvent).key !== 'Escape') return
      event.stopPropagation()
      back()
    }
    stop()
    message.classList.remove('found')
    message.removeAttribute('tabindex')
  })
}
