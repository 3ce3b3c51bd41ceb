import { Component, type ComponentType, createRef } from 'preact'
import { type PartName, part } from '../anatomy.js'
import { Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { bringChunk, type Chunk } from './bring-chunk.js'

/** Options of what opens from a button. */
export interface PopupProps extends PanelProps {
  /** Fetches a further chunk: there is one memory of those that have come. */
  bring: typeof bringChunk
  /** It is to be gone; `back`: the focus goes to its button. */
  onClose(back: boolean): void
}

interface PopupChunk extends Chunk {
  Popup: ComponentType<PopupProps>
}

interface PopupButtonProps extends PanelProps {
  name: PartName
  kind: 'menu' | 'dialog'
  label: string
  shape: string
  load: () => Promise<PopupChunk>
}

/** A button, and what opens from it, which is fetched then. */
export class PopupButton extends Component<PopupButtonProps, { chunk?: PopupChunk | undefined }> {
  private readonly button = createRef<HTMLButtonElement>()

  private readonly close = (back: boolean): void => {
    this.setState({ chunk: undefined })
    if (back) this.button.current?.focus()
  }

  private readonly toggle = (): void => {
    const { panel, load } = this.props
    if (this.state.chunk) this.close(true)
    // Offline, the next press tries again.
    else
      bringChunk(panel, load).then(
        (chunk) => this.setState({ chunk }),
        () => {},
      )
  }

  override render() {
    const { panel, name, kind, label, shape } = this.props
    const { chunk } = this.state
    return (
      <div class="anchor">
        <button
          {...part(name)}
          data-action={kind}
          ref={this.button}
          type="button"
          aria-label={label}
          aria-haspopup={kind}
          aria-expanded={!!chunk}
          onClick={this.toggle}
        >
          <Icon shape={shape} />
        </button>
        {chunk && <chunk.Popup panel={panel} bring={bringChunk} onClose={this.close} />}
      </div>
    )
  }
}
