import { ChatError } from '@chatdesk/protocol'
import { hasUnsettled } from '../state/conversation-state.js'
import type { ClientPort } from './client-port.js'
import { runErrand } from './run-errand.js'

/** C9: starts the conversation that follows the one that is shown; nothing happens where nothing was said yet. */
export async function newConversation(port: ClientPort): Promise<void> {
  const { link, conversation } = port
  const { id: after, headSeq } = conversation.state()
  mustBeFree(port)
  if (after === null || headSeq === 0) return
  await runErrand(port, { type: 'conversation.start', clientConversationId: link.generateId(), after })
}

/** C10: makes an earlier one the live one. */
export async function openConversation(port: ClientPort, conversationId: string): Promise<void> {
  mustBeFree(port)
  if (port.conversation.state().id === conversationId) return
  await runErrand(port, { type: 'conversation.open', conversationId })
}

/** C12: what is on its way has to arrive where it was written; what is written from now on goes where this leads. */
function mustBeFree({ link, conversation }: ClientPort): void {
  const isFree = link.$connection.get().status === 'online' && !hasUnsettled(conversation.state())
  if (!isFree) throw new ChatError('UNAVAILABLE', 'Something is on its way.')
}
