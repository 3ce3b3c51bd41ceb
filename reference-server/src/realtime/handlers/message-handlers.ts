import { ChatError } from '@chatdesk/protocol'
import { accept, type CommandHandler } from './command.js'

/** Q2, Q3, C19. */
export const sendMessage: CommandHandler<'message.send'> = async ({ actor, backend }, command) => {
  const { conversationId, clientMessageId, parts, seenSeq } = command
  const { seq } = await backend.appendMessage(actor, { conversationId, clientMessageId, parts, seenSeq })
  return accept(command, { seq })
}

/** H2. */
export const markRead: CommandHandler<'message.markRead'> = async ({ actor, backend }, command) => {
  await backend.markRead(actor, { conversationId: command.conversationId, upToSeq: command.upToSeq })
  return accept(command)
}

/** H1. */
export const loadHistory: CommandHandler<'history.load'> = async ({ actor, backend }, command) => {
  const { commandId, conversationId, beforeSeq, afterSeq, limit } = command
  if (beforeSeq !== undefined && afterSeq !== undefined)
    throw new ChatError('VALIDATION_FAILED', 'beforeSeq and afterSeq exclude each other.', { field: 'beforeSeq' })
  const page = await backend.loadHistory(actor, { conversationId, beforeSeq, afterSeq, limit })
  return { frame: { type: 'history.page', commandId, conversationId, ...page } }
}
