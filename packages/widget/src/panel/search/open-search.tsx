import { searchTexts } from '../../text/en-search.js'
import type { bringChunk } from '../extras/bring-chunk.js'
import { BACK, CLOSE, Icon } from '../icon.js'
import type { PanelModel, PanelProps } from '../panel-model.js'
import { goToMessage } from './go-to-message.js'
import { type Looked, SearchView } from './search-view.jsx'

/** Of a way back, what stood in its place before. */
const before = new WeakMap<object, PanelModel['Offer']>()

/** Shows the search in the place of the conversation, from where an earlier look has led away. */
export function openSearch(panel: PanelModel, bring: typeof bringChunk, looked?: Looked): void {
  const { texts, update, client } = panel
  // A way back to an earlier search is none from this one.
  const Offer = panel.Offer && before.has(panel.Offer) ? before.get(panel.Offer) : panel.Offer
  // The model is of before the chunk came.
  const { searchTitle: title } = { ...searchTexts, ...texts }
  const { id } = client.$conversation.get()

  async function go(next: Looked): Promise<void> {
    const leave = () => update({ Offer })
    const back = () => {
      leave()
      openSearch(panel, bring, next)
    }
    /** Stands above the composer for as long as this conversation is shown. */
    function WayBack({ panel }: PanelProps) {
      if (panel.client.$conversation.get().id !== id) return null
      return (
        <div class="search-back">
          <button type="button" data-action="results" onClick={back}>
            <Icon shape={BACK} size={16} />
            {panel.texts.searchBack}
          </button>
          <button
            type="button"
            aria-label={panel.texts.searchEnd}
            onClick={() => {
              leave()
              panel.container.querySelector('textarea')?.focus()
            }}
          >
            <Icon shape={CLOSE} size={16} />
          </button>
        </div>
      )
    }
    before.set(WayBack, Offer)
    await goToMessage(panel, bring, next.current, back)
    update({ Offer: WayBack })
  }

  update({
    view: { title, Body: ({ panel }: PanelProps) => <SearchView panel={panel} looked={looked} onChoose={go} /> },
  })
}
