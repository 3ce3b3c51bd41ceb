import type { ConversationChange } from '@chatdesk/protocol'
import type { FeedbackProps, PanelModel } from '../panel-model.js'
import { Helpful } from './helpful.jsx'
import { RatingCard } from './rating-card.jsx'

/** Asks for what can be judged here; of a conversation below its end, unless it goes on. */
export function Feedback({ panel, message, change }: FeedbackProps) {
  const { id } = panel.client.$conversation.get()
  if (id === null) return null
  if (message?.seq !== undefined) return <Helpful panel={panel} conversationId={id} seq={message.seq} />
  return change && isTheEnd(panel, change) ? <RatingCard key={id} panel={panel} conversationId={id} /> : null
}

/** A conversation that was reopened has several. */
function isTheEnd({ client }: PanelModel, { seq }: ConversationChange): boolean {
  const changes = client.$timeline.get().filter(({ type }) => type === 'change')
  return client.$conversation.get().status === 'resolved' && changes.at(-1)?.seq === seq
}
