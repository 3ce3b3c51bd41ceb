import type { bringChunk } from '../extras/bring-chunk.js'
import { SEARCH } from '../icon.js'
import type { PanelModel } from '../panel-model.js'

/** What may be chosen from the menu. */
export interface MenuItem {
  /** Of the icon. */
  shape: string
  label(panel: PanelModel): string
  /** A rejection leaves everything as it was: what was wanted can be wanted again. */
  run(panel: PanelModel, bring: typeof bringChunk): unknown
}

/** All that the menu offers, from top to bottom. */
export const MENU_ITEMS: readonly MenuItem[] = [
  {
    shape: SEARCH,
    label: ({ texts }) => texts.searchConversation,
    run: async (panel, bring) => {
      const search = await bring(panel, () => import('../search/search.js'))
      search.openSearch(panel)
    },
  },
]
