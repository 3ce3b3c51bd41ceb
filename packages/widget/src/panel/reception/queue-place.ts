import { callServer } from '@chatdesk/core/visitor-actions'
import type { QueuePlace } from '@chatdesk/protocol'
import { formatText } from '../../text/format-text.js'
import type { PanelModel } from '../panel-model.js'

/** Milliseconds between two questions: an answer may be half as old anyway (L6). */
const ASK_MS = 10_000
const MINUTE_S = 60

/** Asks where a conversation stands until the answer is called; what cannot be had is asked for again. */
export function followPlace(
  { port }: PanelModel['client'],
  conversationId: string,
  onPlace: (place: QueuePlace | null) => void,
): () => void {
  const { clock } = port.link
  let cancel = () => {}
  let isOver = false
  const ask = async () => {
    try {
      const answer = await callServer(port, `/conversations/${conversationId}/queue`, { method: 'GET' })
      const { queue } = (await answer.json()) as { queue: QueuePlace | null }
      if (!isOver) onPlace(queue)
    } catch {
      // What was said last still holds, more or less.
    }
    if (!isOver) cancel = clock.setTimeout(ask, ASK_MS)
  }
  void ask()
  return () => {
    isOver = true
    cancel()
  }
}

/** Where a visitor stands, and for how long, in their language. */
export function placeText(
  texts: { queuePlace: string; queueWait: string },
  { position, waitSeconds }: QueuePlace,
  locale: string,
): string {
  const number = position.toLocaleString(locale)
  if (waitSeconds === null) return formatText(texts.queuePlace, { number })
  const minutes = Math.max(1, Math.round(waitSeconds / MINUTE_S)).toLocaleString(locale)
  return formatText(texts.queueWait, { number, minutes })
}
