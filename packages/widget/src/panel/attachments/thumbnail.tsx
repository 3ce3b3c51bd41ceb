import { Component, createRef } from 'preact'
import { Icon } from '../icon.js'
import { FILE, IMAGE } from './shapes.js'

/** Twice the pixels of the place, for screens with small ones. */
const SIDE = 80

/**
 * A picture of a file that is chosen, or its icon. Drawn, not loaded: a page's policy need not allow `blob:` addresses, and
 * there is none to take back.
 */
export class Thumbnail extends Component<{ file: File }, { drawn: boolean }> {
  override state = { drawn: false }
  private readonly canvas = createRef<HTMLCanvasElement>()

  override componentDidMount(): void {
    if (this.props.file.type.startsWith('image/')) void this.draw()
  }

  private async draw(): Promise<void> {
    // What is no picture is refused by the server, in words.
    const bitmap = await createImageBitmap(this.props.file).catch(() => undefined)
    const canvas = this.canvas.current
    if (!bitmap || !canvas) return
    const scale = SIDE / Math.min(bitmap.width, bitmap.height)
    const [width, height] = [bitmap.width * scale, bitmap.height * scale]
    canvas.getContext('2d')?.drawImage(bitmap, (SIDE - width) / 2, (SIDE - height) / 2, width, height)
    bitmap.close()
    this.setState({ drawn: true })
  }

  override render() {
    const { file } = this.props
    return (
      <span class="thumbnail" aria-hidden="true">
        <canvas ref={this.canvas} width={SIDE} height={SIDE} hidden={!this.state.drawn} />
        {!this.state.drawn && <Icon shape={file.type.startsWith('image/') ? IMAGE : FILE} />}
      </span>
    )
  }
}
