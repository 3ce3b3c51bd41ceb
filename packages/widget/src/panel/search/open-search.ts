import { searchTexts } from '../../text/en-search.js'
import type { PanelModel } from '../panel-model.js'
import { SearchView } from './search-view.jsx'

/** Shows the search in the place of the conversation. */
export function openSearch({ texts, update }: PanelModel): void {
  // The model is of before the chunk came.
  const { searchTitle: title } = { ...searchTexts, ...texts }
  update({ view: { title, Body: SearchView } })
}
