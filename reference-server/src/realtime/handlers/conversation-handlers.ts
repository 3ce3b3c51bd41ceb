import { ChatError, type ConversationSync } from '@chatdesk/protocol'
import { accept, type CommandContext, type CommandHandler, type Reply, tell } from './command.js'

/** Subscribes, then reads: what is committed in between is held back and follows (R5). */
export async function subscribe(
  { actor, backend, subscriptions, presence }: Pick<CommandContext, 'actor' | 'backend' | 'subscriptions' | 'presence'>,
  input: { conversationId: string; cursor?: { seq: number; eventId: string } | undefined },
): Promise<{ sync: ConversationSync; start: () => void }> {
  const subscription = subscriptions.open(input.conversationId)
  try {
    const sync = await backend.syncConversation(actor, input)
    const start = () => {
      subscription.start(sync)
      presence.open(input.conversationId)
    }
    return { sync, start }
  } catch (error) {
    subscriptions.close(input.conversationId)
    throw error
  }
}

/**
 * C2. The visitor is sent the conversation from here on. An answer repeated for one that has a log already is followed by its
 * head, by which the client sees what it lacks (Q5). Who else it belongs to than the client takes it to is said behind the answer.
 * One that follows another is shown at once, as one that is opened (C9).
 */
export const startConversation: CommandHandler<'conversation.start'> = async (context, command) => {
  const { actor, backend, subscriptions } = context
  if (actor.kind !== 'visitor') throw new ChatError('FORBIDDEN', 'Only a visitor starts a conversation.')
  const { commandId, clientConversationId, after } = command
  const { conversationId } = await backend.startConversation(actor, { clientConversationId, after })
  if (after !== undefined) return show(context, commandId, conversationId)
  if (subscriptions.has(conversationId)) return accept(command, { conversationId })
  const { sync, start } = await subscribe(context, { conversationId })
  const sent = () => {
    if (sync.status !== 'waiting') tell(context, [sync])
    start()
    if (sync.headSeq > 0) context.beat()
  }
  return { ...accept(command, { conversationId }), sent }
}

/** C10. */
export const openConversation: CommandHandler<'conversation.open'> = async (context, command) => {
  const { actor, backend } = context
  if (actor.kind !== 'visitor') throw new ChatError('FORBIDDEN', 'An agent watches a conversation.')
  const { commandId, conversationId } = command
  await backend.openConversation(actor, { conversationId })
  return show(context, commandId, conversationId)
}

/** What this connection was sent so far it still is: other tabs may have something on its way there. */
async function show(context: CommandContext, commandId: string, conversationId: string): Promise<Reply> {
  const { sync, start } = await subscribe(context, { conversationId })
  const team = await context.presence.team(sync.agent?.id)
  return { frame: context.ready(commandId, { conversations: [sync], team }), sent: start }
}

/** R1 to R5, for one conversation. */
export const watchConversation: CommandHandler<'conversation.watch'> = async (context, command) => {
  const { conversationId, cursor } = command
  const { sync, start } = await subscribe(context, { conversationId, cursor })
  const presence = await context.presence.ofVisitor(conversationId)
  return { frame: { type: 'conversation.synced', commandId: command.commandId, sync, presence }, sent: start }
}

/** Ends a `conversation.watch`; one that is not there ends as well. */
export const unwatchConversation: CommandHandler<'conversation.unwatch'> = async ({ subscriptions }, command) => {
  subscriptions.close(command.conversationId)
  return accept(command)
}

/** C4. */
export const endConversation: CommandHandler<'conversation.end'> = async ({ actor, backend }, command) => {
  await backend.endConversation(actor, { conversationId: command.conversationId })
  return accept(command)
}

/** I1: subscribed before the page is read, so that no change falls between the two. */
export const loadInbox: CommandHandler<'inbox.load'> = async (context, command) => {
  const { actor, backend } = context
  if (actor.kind !== 'member') throw new ChatError('FORBIDDEN', 'Only a member of the team reads the inbox.')
  context.watchInbox()
  const page = await backend.loadInbox(actor, { limit: command.limit, cursor: command.cursor })
  return { frame: { type: 'inbox.page', commandId: command.commandId, ...page } }
}
