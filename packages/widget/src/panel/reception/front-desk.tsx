import { createAvailability } from '@chatdesk/core/availability'
import type { QueuePlace, WidgetSettings } from '@chatdesk/protocol'
import { Component } from 'preact'
import type { bringChunk } from '../extras/bring-chunk.js'
import type { PanelProps } from '../panel-model.js'
import { drawBubbleIcon } from './bubble-icon.js'
import { followPlace } from './queue-place.js'
import { teamNote } from './team-note.jsx'

type Forms = typeof import('../forms/forms.js')

/** Options of `FrontDesk`. */
interface FrontDeskProps extends PanelProps {
  /** Fetches a further chunk: there is one memory of those that have come. */
  bring: typeof bringChunk
}

/** Stands in the panel unseen, and looks with each drawing whether something has to be said or asked. */
export class FrontDesk extends Component<FrontDeskProps, { forms?: Forms }> {
  override state: { forms?: Forms } = {}
  /** What the hours are followed of. */
  private settings: WidgetSettings | null = null
  private availability: ReturnType<typeof createAvailability> | undefined
  private stop = () => {}
  /** The conversation that waits, and where it stands. */
  private waiting: string | null = null
  private place: QueuePlace | null = null
  private stopAsking = () => {}

  override componentDidMount(): void {
    this.componentDidUpdate()
  }

  override componentDidUpdate(): void {
    const { panel } = this.props
    const { settings, launcher, update } = panel
    if (!settings) return
    if (settings !== this.settings) {
      drawBubbleIcon(launcher, settings)
      this.follow(settings)
    }
    this.followQueue()
    const next = teamNote(panel, this.opening(), this.place)
    if (JSON.stringify(next) !== JSON.stringify(panel.teamNote) || next.Notice !== panel.teamNote?.Notice)
      update({ teamNote: next })
    this.bringForms(settings)
  }

  override componentWillUnmount(): void {
    this.stop()
    this.stopAsking()
  }

  /** Asks while the panel is open and nobody answers yet. */
  private followQueue(): void {
    const { client, open } = this.props.panel
    const { id, status } = client.$conversation.get()
    const waiting = open && status === 'waiting' ? id : null
    if (waiting === this.waiting) return
    this.waiting = waiting
    this.place = null
    this.stopAsking()
    this.stopAsking = waiting
      ? followPlace(client, waiting, (place) => {
          this.place = place
          this.forceUpdate()
        })
      : () => {}
  }

  private opening() {
    return this.availability?.$availability.get() ?? { open: true, nextChangeAt: null }
  }

  /** Keeps the hours true from here on. */
  private follow(settings: WidgetSettings): void {
    const { client, options } = this.props.panel
    const { clock, fetch, wakeSignals } = client.port.options
    this.stop()
    this.settings = settings
    const { url, widgetKey } = options
    const availability = createAvailability({ url, widgetKey, settings, clock, fetch })
    const stops = [
      availability.dispose,
      availability.$availability.listen(() => this.forceUpdate()),
      wakeSignals?.onWake(availability.wake),
    ]
    this.availability = availability
    this.stop = () => {
      for (const stop of stops) stop?.()
    }
  }

  /** Only whoever opens the panel is asked anything. */
  private bringForms({ preChatForm, departmentIds }: WidgetSettings): void {
    const { panel, bring } = this.props
    const asks = preChatForm || departmentIds?.[0] || !this.opening().open
    if (this.state.forms || !asks || !panel.open) return
    // What did not come is asked for again by the next drawing.
    bring(panel, () => import('../forms/forms.js')).then(
      (forms) => this.setState({ forms }),
      () => {},
    )
  }

  override render({ panel }: FrontDeskProps, { forms }: { forms?: Forms }) {
    return forms ? <forms.Asking panel={panel} away={!this.opening().open} /> : null
  }
}
