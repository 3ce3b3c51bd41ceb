import { Component, createRef } from 'preact'
import { listen } from '../../launcher/host-page.js'
import { formatCount } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import { Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { acceptedTypes } from './accepted-types.js'
import { CLIP } from './shapes.js'
import { StagedChip } from './staged-chip.js'
import { MOST_FILES } from './staging.js'
import { stagingOf } from './staging-of.js'

/** What the composer has of files: a button, what is chosen, and where files are dropped. */
export class AttachTools extends Component<PanelProps, { dragging: boolean }> {
  override state = { dragging: false }
  private readonly picker = createRef<HTMLInputElement>()
  private stop = () => {}

  override componentDidMount(): void {
    const { container } = this.props.panel
    const stops = [
      listen(container, 'dragenter dragover', (event) => this.onDrag(event as DragEvent)),
      listen(container, 'dragleave', ({ relatedTarget }: Event & { relatedTarget?: EventTarget | null }) => {
        if (!container.contains(relatedTarget as Node | null)) this.drag(false)
      }),
      listen(container, 'drop', (event) => this.onDrop(event as DragEvent)),
      listen(container, 'paste', (event) => this.onPaste(event as ClipboardEvent)),
    ]
    this.stop = () => {
      for (const stop of stops) stop()
    }
  }

  override componentWillUnmount(): void {
    const { panel } = this.props
    this.stop()
    // The panel may show something else for a while; when it is gone itself, so is what was chosen.
    queueMicrotask(() => panel.container.isConnected || stagingOf(panel).dispose())
  }

  private get takes() {
    return this.props.panel.client.$settings.get()?.attachments
  }

  private drag(dragging: boolean): void {
    if (dragging === this.state.dragging) return
    this.props.panel.container.classList.toggle('dropping', dragging)
    this.setState({ dragging })
  }

  private onDrag(event: DragEvent): void {
    if (!this.takes || !event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    this.drag(true)
  }

  private onDrop(event: DragEvent): void {
    this.drag(false)
    if (!this.takes || !event.dataTransfer?.files.length) return
    event.preventDefault()
    this.add(event.dataTransfer.files)
  }

  private onPaste(event: ClipboardEvent): void {
    const { files } = event.clipboardData ?? {}
    // Office programs put a picture of the words beside the words.
    if (!this.takes || !files?.length || event.clipboardData?.types.includes('text/plain')) return
    event.preventDefault()
    this.add(files)
  }

  private add(files: FileList | null): void {
    const { panel } = this.props
    panel.begin()
    stagingOf(panel).add(files ?? [])
    panel.container.querySelector('textarea')?.focus()
  }

  override render() {
    const { panel } = this.props
    const { texts, locale } = panel
    const { takes } = this
    const { files, notice, sending } = stagingOf(panel)
    const said = sending ? texts.attachSending : notice && notice !== 'attachTooMany' && texts[notice]
    return (
      <>
        {takes && (
          <>
            <button
              {...part('attach')}
              type="button"
              aria-label={texts.attach}
              title={texts.attach}
              onClick={() => this.picker.current?.click()}
            >
              <Icon shape={CLIP} />
            </button>
            <input
              ref={this.picker}
              type="file"
              multiple
              hidden
              accept={acceptedTypes(takes.kinds)}
              onChange={({ currentTarget }) => {
                this.add(currentTarget.files)
                // So that the same file can be chosen again.
                currentTarget.value = ''
              }}
            />
          </>
        )}
        <div class="attachments">
          {files.length > 0 && (
            // biome-ignore lint/a11y/noRedundantRoles: Safari takes the role from a list without marks
            <ul role="list" aria-label={texts.attachList}>
              {files.map((staged) => (
                <StagedChip key={staged.key} panel={panel} staged={staged} />
              ))}
            </ul>
          )}
          <p class="attach-notice" role="status">
            {notice === 'attachTooMany' ? formatCount(texts.attachTooMany, MOST_FILES, locale) : said}
          </p>
        </div>
        {this.state.dragging && (
          <div class="drop-zone">
            <Icon shape={CLIP} size={28} />
            {texts.attachDrop}
          </div>
        )}
      </>
    )
  }
}
