import type { MessageView, Unsubscribe } from '@chatdesk/core'
import { textOf } from '@chatdesk/protocol'
import { Component } from 'preact'
import { isPageVisible } from '../../launcher/host-page.js'
import type { PanelProps } from '../panel-model.js'
import { type Chime, createChime } from './browser-chime.js'
import { claim } from './browser-claim.js'
import { showNotice } from './browser-notice.js'
import { onPushPress, startPush } from './browser-push.js'
import { isUnasked, noteNotices, wantsNotices } from './notice-switch.js'
import { NotifyOffer } from './notify-offer.jsx'
import { reactionTo } from './reaction-to.js'
import { isMuted } from './sound-switch.js'

/** Longest text in a notification. */
const LENGTH = 160

/** Tells of messages that nobody sees arrive. Draws nothing by itself. */
export class Notifier extends Component<PanelProps> {
  private readonly chime: Chime = createChime()
  private stops: Unsubscribe[] = []
  /** With which the server was told last where this browser takes notifications. */
  private told: string | undefined

  override componentDidMount(): void {
    const { client, options } = this.props.panel
    this.stops = [
      client.on('message', (message) => {
        if (message.own) this.offer()
        else void this.hear(message)
      }),
      // A session that follows another one may be somebody else's.
      client.$connection.subscribe(() => this.subscribe()),
      onPushPress(options, () => this.props.panel.show()),
    ]
  }

  override componentWillUnmount(): void {
    for (const stop of this.stops) stop()
    this.chime.stop()
  }

  private subscribe(): void {
    const { panel } = this.props
    const token = panel.client.getToken()
    const isOnline = panel.client.$connection.get().status === 'online'
    if (!isOnline || token === this.told || !wantsNotices(panel.options)) return
    this.told = token
    // Without it, notifications come while a page is open.
    startPush(panel).catch(() => {})
  }

  private offer(): void {
    const { options, update } = this.props.panel
    if (!isUnasked(options) || Notification.permission === 'granted') return
    noteNotices(options, 'asked')
    update({ Offer: NotifyOffer })
  }

  private async hear(message: MessageView): Promise<void> {
    const { options, open, settings, team, texts, show } = this.props.panel
    const { patience, ...reaction } = reactionTo({
      visible: isPageVisible(),
      open,
      muted: isMuted(options),
      notices: wantsNotices(options),
    })
    if (patience) await new Promise((resolve) => setTimeout(resolve, patience))
    // Whoever sees it takes it as well, so that no other tab speaks of it.
    if (!(await claim(options, message.key))) return
    if (reaction.sound) this.chime.play()
    if (!reaction.notice) return
    const words = settings?.notificationWords ? textOf(message.parts).slice(0, LENGTH) : texts.notifyNew
    showNotice(team || texts.titleFallback, words, `chatdesk_${options.widgetKey}`, show)
  }

  override render() {
    return null
  }
}
