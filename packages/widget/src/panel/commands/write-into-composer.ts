import { DRAFT, keep } from '../../launcher/browser-tab-memory.js'
import type { PanelModel } from '../panel-model.js'

const composerOf = ({ container }: PanelModel) => container.querySelector<HTMLTextAreaElement>('.input')

/** What stands in the composer. */
export function readComposer(panel: PanelModel): string {
  return composerOf(panel)?.value ?? ''
}

/** Writes into the composer, as the visitor would; where another view stands in its place, it finds the text when it comes back. */
export function writeIntoComposer(panel: PanelModel, text: string): void {
  keep(panel.options, DRAFT, text)
  const composer = composerOf(panel)
  if (!composer) return
  composer.value = text
  composer.dispatchEvent(new Event('input', { bubbles: true }))
  // Nobody types.
  panel.client.setTyping(false)
}
