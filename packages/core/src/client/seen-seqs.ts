import type { Command } from '../connection/pending-commands.js'
import { type ConversationState, lastSeq, type OutboxEntry } from '../state/conversation-state.js'

/** Up to where an agent had been shown a conversation when they wrote each message that is on its way (C20). */
export interface SeenSeqs {
  /** Of the outbox as it stands now: what is new in it was written now, and so was what goes again after a refusal. */
  note(state: Pick<ConversationState, 'events'>, outbox: readonly OutboxEntry[]): Readonly<Record<string, number>>
  /** What an earlier page has noted; a disk is not trusted. */
  restore(seen: unknown): void
  /** The command, with what it has to say of it. */
  stamp<C extends Command>(command: C): C
}

/** One for each conversation. */
export function createSeenSeqs(): SeenSeqs {
  let seqs = new Map<string, number>()
  return {
    note(state, outbox) {
      const waiting = outbox.filter(({ delivery }) => delivery !== 'failed').map((entry) => entry.clientMessageId)
      seqs = new Map(waiting.map((id) => [id, seqs.get(id) ?? lastSeq(state)]))
      return Object.fromEntries(seqs)
    },
    restore(seen) {
      for (const [id, seq] of Object.entries(seen ?? {})) if (Number.isSafeInteger(seq) && seq >= 0) seqs.set(id, seq)
    },
    stamp: (command) =>
      command.type === 'message.send' ? { ...command, seenSeq: seqs.get(command.clientMessageId) } : command,
  }
}
