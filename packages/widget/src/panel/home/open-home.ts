import { homeTexts as texts } from '../../text/en-home.js'
import { menuTexts } from '../../text/en-menu.js'
import css from '../../theme/home.css?inline'
import { bringChunk } from '../extras/bring-chunk.js'
import type { PanelModel } from '../panel-model.js'
import { HomeView } from './home-view.jsx'

/** Also by the page's command, and when the panel opens: so it brings its own looks and words, once. */
const CHUNK = { css, texts }

/** Shows the visitor's conversations in the place of the one that is live. */
export async function openHome(panel: PanelModel): Promise<void> {
  await bringChunk(panel, async () => CHUNK)
  const { update, container, launcher } = panel
  // What had the focus goes with the conversation; a panel that has opened by itself takes none.
  const focused = launcher.root.activeElement !== null
  // The menu, which knows the word too, may never have been opened.
  const { conversations: title } = { ...menuTexts, ...panel.texts }
  update({ view: { title, Body: HomeView } })
  // After the drawing, which is due in this turn.
  if (focused) queueMicrotask(() => container.querySelector<HTMLElement>('[data-part="home"]')?.focus())
}
