import { homeTexts as texts } from '../../text/en-home.js'
import { menuTexts } from '../../text/en-menu.js'
import buttonsCss from '../../theme/buttons.css?inline'
import homeCss from '../../theme/home.css?inline'
import { bringChunk } from '../extras/bring-chunk.js'
import type { PanelModel, PanelProps } from '../panel-model.js'
import { HomeView } from './home-view.jsx'

/** Also by the page's command, and when the panel opens: so it brings its own looks and words, once. */
const CHUNK = { css: buttonsCss + homeCss, texts }

const Home = ({ panel }: PanelProps) => <HomeView panel={panel} />
const List = ({ panel }: PanelProps) => <HomeView panel={panel} isList />

/** Shows the visitor's conversations in the place of the one that is live, with a word of welcome. */
export const openHome = (panel: PanelModel): Promise<void> => open(panel, Home)

/** Shows them as a list, and nothing else. */
export const openList = (panel: PanelModel): Promise<void> => open(panel, List)

async function open(panel: PanelModel, Body: typeof Home): Promise<void> {
  await bringChunk(panel, async () => CHUNK)
  const { update, container, launcher } = panel
  // What had the focus goes with the conversation; a panel that has opened by itself takes none.
  const focused = launcher.root.activeElement !== null
  // The menu, which knows the word too, may never have been opened.
  const { conversations: title } = { ...menuTexts, ...panel.texts }
  update({ view: { title, Body } })
  // After the drawing, which is due in this turn.
  if (focused) queueMicrotask(() => container.querySelector<HTMLElement>('[data-part="home"]')?.focus())
}
