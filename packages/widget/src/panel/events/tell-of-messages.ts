import type { DeliveryState, MessageView, TimelineEntry } from '@chatdesk/core'
import type { PanelModel } from '../panel-model.js'

/** Tells how messages fare. What was said before this page is no news. */
export function tellOfMessages({ client, events }: PanelModel): void {
  // What was said, whatever a page lets be shown of it.
  const { $timeline } = client.port.conversation.handle
  const known = new Map<string, DeliveryState>()

  function look(entries: readonly TimelineEntry[], last: readonly TimelineEntry[] = []): void {
    for (const [index, entry] of entries.entries()) {
      if (entry === last[index] || entry.type !== 'message' || !entry.own) continue
      const before = known.get(entry.key)
      known.set(entry.key, entry.delivery)
      if (before !== entry.delivery) tell(entry, before)
    }
  }

  function tell(message: MessageView, before: DeliveryState | undefined): void {
    const { delivery, error } = message
    const isUnderWay = (state: DeliveryState | undefined) => state === 'queued' || state === 'sending'
    if (isUnderWay(delivery) && !isUnderWay(before)) events.emit('message:sending', { message })
    if (delivery === 'failed' && before !== undefined) {
      events.emit('message:failed', { message })
      if (error?.code === 'RATE_LIMITED') events.emit('ratelimited', { retryAfterMs: error.retryAfterMs })
    }
    if (delivery === 'read' && before !== undefined) events.emit('message:read', { message })
  }

  look($timeline.get())
  $timeline.listen(look)
  client.on('message', (message) => events.emit(message.own ? 'message:sent' : 'message:received', { message }))
}
