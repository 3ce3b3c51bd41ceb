import { Component, type ComponentType } from 'preact'
import { recall } from '../../launcher/browser-tab-memory.js'
import { onViewport } from '../../launcher/host-page.js'
import type { WidgetOptions } from '../../widget-options.js'
import { SEVERAL } from '../home/several.js'
import type { PanelProps } from '../panel-model.js'
import { bringChunk, type Chunk } from './bring-chunk.js'
import { bringPayments } from './bring-payments.js'

interface AttendantChunk extends Chunk {
  Attendant: ComponentType<PanelProps>
}

interface BroughtProps extends PanelProps {
  load: () => Promise<AttendantChunk>
}

/** What a chunk does beside the panel for as long as it stands. */
class Brought extends Component<BroughtProps, Partial<AttendantChunk>> {
  override componentDidMount(): void {
    // Without it nothing is missed that the panel itself does not say.
    bringChunk(this.props.panel, this.props.load).then(
      ({ Attendant }) => this.setState({ Attendant }),
      () => {},
    )
  }

  override render({ panel }: BroughtProps) {
    const { Attendant } = this.state
    return Attendant && <Attendant panel={panel} />
  }
}

const proactive = () => import('../proactive/proactive.js')
const notify = () => import('../notify/notify.js')

/** What goes on beside the drawing, whether or not anybody looks at the panel. */
export class Attendants extends Component<PanelProps> {
  private wasOpen = false
  private theme: WidgetOptions['theme']
  private stopViewport: (() => void) | undefined

  override componentDidMount(): void {
    const { panel } = this.props
    // What cannot be fetched now comes with the first command.
    import('../background.js').then(
      (background) => background.attend(panel),
      () => {},
    )
    this.componentDidUpdate()
  }

  override componentDidUpdate(): void {
    const { launcher, options } = this.props.panel
    const { theme } = options
    // Also for a later theme without tokens: they are taken back.
    if (theme !== this.theme && (typeof theme === 'object' || typeof this.theme === 'object'))
      import('../theme-tokens.js').then(
        ({ setTokens }) => setTokens(launcher.root.host as HTMLElement, options.theme),
        () => {},
      )
    this.theme = theme
    this.followViewport()
  }

  override componentWillUnmount(): void {
    this.stopViewport?.()
  }

  /** Keeps an open panel within what the on-screen keyboard leaves free. Inline, the page says how large it is. */
  private followViewport(): void {
    const { open, options, container, update } = this.props.panel
    if (options.mode === 'inline' || open === (this.stopViewport !== undefined)) return
    this.stopViewport?.()
    this.stopViewport = undefined
    if (open)
      this.stopViewport = onViewport(({ height, top, fullScreen }) => {
        container.style.setProperty('--chatdesk-viewport-height', `${height}px`)
        container.style.setProperty('--chatdesk-viewport-top', `${top}px`)
        update({ fullScreen })
      })
  }

  override render({ panel }: PanelProps) {
    const { client, open, options, settings } = panel
    // Asked before it is drawn, which reads what is unread.
    if (open && !this.wasOpen && !client.$unreadCount.get() && recall(options, SEVERAL))
      import('../home/home.js').then(
        (home) => home.showFirst(panel),
        () => {},
      )
    this.wasOpen = open
    // The menu says how many there are.
    if (open && settings?.payments && client.getToken()) bringPayments(panel)
    return (
      <>
        {settings?.proactiveRules?.[0] && <Brought panel={panel} load={proactive} />}
        {client.getToken() && <Brought panel={panel} load={notify} />}
      </>
    )
  }
}
