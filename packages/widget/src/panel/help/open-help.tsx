import { helpTexts as texts } from '../../text/en-help.js'
import buttonsCss from '../../theme/buttons.css?inline'
import fieldsCss from '../../theme/fields.css?inline'
import helpCss from '../../theme/help.css?inline'
import { afterDrawing } from '../after-drawing.js'
import { bringChunk } from '../extras/bring-chunk.js'
import type { PanelModel, PanelProps } from '../panel-model.js'
import { HelpView } from './help-view.jsx'

/** Also by the page's command, and from the home: so it brings its own looks and words, once. */
const CHUNK = { css: buttonsCss + fieldsCss + helpCss, texts }

/** One and the same, so that what is looked at stays when the header says something else. */
const Body = ({ panel }: PanelProps) => <HelpView panel={panel} Body={Body} />

/** Shows the help in the place of the conversation. */
export async function openHelp(panel: PanelModel): Promise<void> {
  await bringChunk(panel, async () => CHUNK)
  const { update, container, launcher } = panel
  // What had the focus goes with the conversation; a panel that has opened by itself takes none.
  const focused = launcher.root.activeElement !== null
  // The model is of before the texts came.
  const { help: title } = { ...texts, ...panel.texts }
  update({ view: { title, Body } })
  if (focused) afterDrawing(() => container.querySelector<HTMLElement>('[data-part="help"]')?.focus())
}
