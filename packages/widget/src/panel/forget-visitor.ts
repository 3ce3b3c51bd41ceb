import type { Forgotten } from '@chatdesk/core'
import { keep } from '../launcher/browser-tab-memory.js'
import { writeIntoComposer } from './commands/write-into-composer.js'
import { SEVERAL } from './home/several.js'
import type { PanelModel } from './panel-model.js'

/** What this page and this tab know of a visitor goes with them: whoever comes next may be somebody else (threat 13). */
export function forgetVisitor(panel: PanelModel, { earlier, receipt }: Forgotten): void {
  const { options } = panel
  if (!earlier) options.traits = options.userData = undefined
  keep(options, SEVERAL, '')
  writeIntoComposer(panel, '')
  // Who has had their data deleted is reading what became of it.
  if (!receipt) panel.update({ view: null })
}
