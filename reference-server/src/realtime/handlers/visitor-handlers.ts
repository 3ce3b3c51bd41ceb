import { ChatError } from '@chatdesk/protocol'
import { accept, type CommandHandler } from './command.js'

/** V1. */
export const updateVisitor: CommandHandler<'visitor.update'> = async ({ actor, backend }, command) => {
  if (actor.kind !== 'visitor') throw new ChatError('FORBIDDEN', 'Visitors speak for themselves.')
  await backend.updateVisitor(actor, command.facts)
  return accept(command)
}
