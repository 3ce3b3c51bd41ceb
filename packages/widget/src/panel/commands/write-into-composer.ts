import { DRAFT, keep } from '../../launcher/browser-tab-memory.js'
import type { PanelModel } from '../panel-model.js'

const composerOf = ({ container }: PanelModel) => container.querySelector<HTMLTextAreaElement>('.input')

/** Of each client, how to end the wait for its composer. */
const waiting = new WeakMap<object, () => void>()

/** What stands in the composer. */
export function readComposer(panel: PanelModel): string {
  return composerOf(panel)?.value ?? ''
}

/** Writes into the composer, as the visitor would; where another view stands in its place, as soon as it is there. */
export function writeIntoComposer(panel: PanelModel, text: string): void {
  keep(panel.options, DRAFT, text)
  const composer = composerOf(panel)
  waiting.get(panel.client)?.()
  if (!composer) {
    if (text) writeOnceThere(panel, text)
    return
  }
  composer.value = text
  composer.dispatchEvent(new Event('input', { bubbles: true }))
  // Nobody types.
  panel.client.setTyping(false)
}

/** A tab that may keep nothing would lose it, and a form may take the place of a composer that has only just come. */
function writeOnceThere(panel: PanelModel, text: string): void {
  const { client } = panel
  waiting.set(client, stop)
  const stops = [client.port.$forgotten.listen(stop)]
  const observer = new MutationObserver(() =>
    // Once whoever looks with this drawing has drawn as well.
    setTimeout(() => {
      const composer = composerOf(panel)
      if (!composer || !stops.length) return
      stop()
      // What its visitor has written meanwhile stays.
      if (!composer.value) writeIntoComposer(panel, text)
    }),
  )
  observer.observe(panel.container, { childList: true, subtree: true })
  stops.push(() => observer.disconnect())
  function stop(): void {
    for (const end of stops.splice(0)) end()
  }
}
