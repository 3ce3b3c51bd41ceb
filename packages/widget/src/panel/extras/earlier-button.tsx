import { Component } from 'preact'
import { part } from '../anatomy.js'
import { LONG } from '../conversation/shown-entries.js'
import type { RichPanel } from '../rich-panel.js'
import { bringChunk } from './bring-chunk.js'

interface EarlierButtonProps {
  panel: RichPanel
  loading: boolean
  onClick: () => void
}

/** Brings older messages, and what draws them once they are many. */
export class EarlierButton extends Component<EarlierButtonProps> {
  private asked = false

  override componentDidMount(): void {
    const { panel } = this.props
    if (this.asked || panel.long || panel.client.$timeline.get().length <= LONG) return
    this.asked = true
    bringChunk(panel, () => import('../long/long.js')).then(
      (long) => panel.update({ long }),
      // Until then the newest are drawn. Whatever is drawn next asks again.
      () => {
        this.asked = false
      },
    )
  }

  override componentDidUpdate(): void {
    this.componentDidMount()
  }

  override render({ panel, loading, onClick }: EarlierButtonProps) {
    return (
      <button {...part('load-earlier')} type="button" disabled={loading} onClick={onClick}>
        {loading ? panel.texts.loadingEarlier : panel.texts.loadEarlier}
      </button>
    )
  }
}
