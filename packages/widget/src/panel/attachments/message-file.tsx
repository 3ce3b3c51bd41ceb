import type { MessageView } from '@chatdesk/core'
import type { FilePart } from '@chatdesk/protocol'
import { Component } from 'preact'
import { openTab } from '../../launcher/host-page.js'
import { formatText } from '../../text/format-text.js'
import { part as named } from '../anatomy.js'
import { Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { fileSize } from './file-size.js'
import { DOWNLOAD, FILE, IMAGE } from './shapes.js'
import { stagingOf } from './staging-of.js'

/** Longest side of a picture in the thread, in pixels. */
const MOST = 240
/** Shortest side, for what would hardly be seen. */
const LEAST = 48

type Props = PanelProps & { message: Pick<MessageView, 'seq'>; part: FilePart }

/** A file of a message: a picture, or what it is called and how large it is. */
export class MessageFile extends Component<Props, { src: string; broken: boolean }> {
  override state = { src: '', broken: false }
  private asked: unknown

  override componentDidMount(): void {
    this.componentDidUpdate()
  }

  /** Asks once on each connection, as soon as the message is in the log. */
  override componentDidUpdate(): void {
    const { panel, message, part } = this.props
    const connection = panel.client.$connection.get()
    const wanted = isPicture(part) && !this.state.src && message.seq !== undefined && panel.open
    if (!wanted || this.asked === connection || connection.status !== 'online') return
    this.asked = connection
    void this.load()
  }

  private async load(): Promise<void> {
    const url = await this.link()
    this.setState({ src: url ?? '', broken: url === undefined })
  }

  private async link(): Promise<string | undefined> {
    const { panel, part } = this.props
    const { id } = panel.client.$conversation.get()
    return id === null
      ? undefined
      : stagingOf(panel)
          .links.get(id, part.fileId)
          .catch(() => undefined)
  }

  private readonly open = async (): Promise<void> => {
    const { panel, part } = this.props
    const url = stagingOf(panel).links.known(part.fileId) ?? (await this.link())
    if (url !== undefined) openTab(url)
    else this.setState({ broken: true })
  }

  override render() {
    const { panel, message, part } = this.props
    const { texts, locale } = panel
    const { name } = part
    const size = fileSize(part.sizeBytes, locale)
    const { src, broken } = this.state
    const pending = message.seq === undefined
    if (!isPicture(part))
      return (
        <button
          {...named('file')}
          type="button"
          disabled={pending}
          aria-label={formatText(texts.fileDownload, { name, size })}
          onClick={this.open}
        >
          <Icon shape={FILE} />
          <span class="file-words">
            <bdi class="file-name">{name}</bdi>
            <span class="file-state">{size}</span>
          </span>
          <Icon shape={DOWNLOAD} size={18} />
        </button>
      )
    const [width, height] = shownSize(part.width, part.height)
    return (
      <button
        {...named('image')}
        type="button"
        disabled={pending}
        aria-label={formatText(texts.fileOpen, { name })}
        title={name}
        onClick={this.open}
      >
        {/* Has the room before there is a picture. */}
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" />
        {src ? (
          <img src={src} alt={name} onError={() => this.setState({ src: '', broken: true })} />
        ) : (
          <span class="no-image">
            <Icon shape={IMAGE} />
            {broken && <span>{texts.fileBroken}</span>}
          </span>
        )}
      </button>
    )
  }
}

type Picture = FilePart & { width: number; height: number }

function isPicture(part: FilePart): part is Picture {
  return part.mediaType.startsWith('image/') && Boolean(part.width && part.height)
}

/** Fits the thread, and keeps its proportions as far as one can see them. */
function shownSize(width: number, height: number): [width: number, height: number] {
  const scale = Math.min(1, MOST / width, MOST / height)
  const side = (pixels: number) => Math.max(LEAST, Math.round(pixels * scale))
  return [side(width), side(height)]
}
