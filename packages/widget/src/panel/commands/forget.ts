import { forgetVisitor } from '../forget-visitor.js'
import type { PanelModel } from '../panel-model.js'

/** Forgets the visitor by the page's word: what they have open goes, too. */
export function forget(panel: PanelModel): void {
  panel.update({ view: null })
  forgetVisitor(panel)
}
