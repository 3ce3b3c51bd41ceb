import type { ChatClient } from '../chat-client.js'
import type { StoredOutbox } from '../outbox/outbox-disk.js'
import type { OutboxEntry } from '../state/conversation-state.js'

/**
 * Has a client take over what a page before could not send, or say of its visitor; resolves when they are on disk. False, and nothing taken,
 * when this tab has a conversation already, where they would not belong unless it is that of all tabs, the disk refuses, or
 * another visitor has written them (threat 13).
 */
export async function adoptEntries(
  { port, $settings, $persistence }: Pick<ChatClient, 'port' | '$settings' | '$persistence'>,
  entries: readonly OutboxEntry[],
  visitorId: string | undefined,
  errands: StoredOutbox['errands'] = [],
): Promise<boolean> {
  const { conversation, disk } = port
  const { id, self } = conversation.state()
  const isOthers = visitorId !== undefined && visitorId !== self.id
  const isApart = id !== null && $settings.get()?.tabs !== 'shared'
  if (isOthers || isApart || $persistence.get() === 'memory') return false
  // Where the page before wanted to be nobody wants to be any more; what was said of the visitor holds (V1).
  for (const [, { command }] of errands) if (command.type === 'visitor.update') conversation.outbox.errand({ command })
  conversation.outbox.restore({ entries })
  await disk.idle()
  return true
}
