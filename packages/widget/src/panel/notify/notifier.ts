import type { MessageView, Unsubscribe } from '@chatdesk/core'
import { textOf } from '@chatdesk/protocol'
import { Component } from 'preact'
import { isPageVisible } from '../../launcher/host-page.js'
import type { PanelProps } from '../panel-model.js'
import { type Chime, createChime } from './browser-chime.js'
import { claim } from './browser-claim.js'
import { showNotice } from './browser-notice.js'
import { isUnasked, noteNotices, wantsNotices } from './notice-switch.js'
import { NotifyOffer } from './notify-offer.jsx'
import { reactionTo } from './reaction-to.js'
import { isMuted } from './sound-switch.js'

/** Longest text in a notification. */
const LENGTH = 160

/** Tells of messages that nobody sees arrive. Draws nothing by itself. */
export class Notifier extends Component<PanelProps> {
  private readonly chime: Chime = createChime()
  private stop: Unsubscribe = () => {}

  override componentDidMount(): void {
    this.stop = this.props.panel.client.on('message', (message) => {
      if (message.own) this.offer()
      else void this.hear(message)
    })
  }

  override componentWillUnmount(): void {
    this.stop()
    this.chime.stop()
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
