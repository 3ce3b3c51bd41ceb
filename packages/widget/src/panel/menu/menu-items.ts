import type { Texts } from '../../text/en.js'
import { SEARCH } from '../icon.js'
import type { PanelModel } from '../panel-model.js'

/** What may be chosen from the menu. */
export interface MenuItem {
  /** Of the icon. */
  shape: string
  label(panel: PanelModel): string
  /** Absent: always there. */
  isThere?(panel: PanelModel): boolean
  /** A rejection leaves everything as it was: what was wanted can be wanted again. */
  run(panel: PanelModel): unknown
}

const text =
  (key: { [K in keyof Texts]: Texts[K] extends string ? K : never }[keyof Texts]) =>
  ({ texts }: PanelModel): string =>
    texts[key]

/** All that the menu offers, from top to bottom. */
export const MENU_ITEMS: readonly MenuItem[] = [
  {
    shape: SEARCH,
    label: text('searchConversation'),
    isThere: ({ view }) => !view,
    run: async (panel) => {
      const search = await panel.extras?.bringChunk(panel, () => import('../search/search.js'))
      search?.openSearch(panel)
    },
  },
]
