import type { ConversationInfo } from '@chatdesk/core'
import type { PanelModel } from '../panel-model.js'

/** Tells what becomes of the conversation, and who types in it. */
export function tellOfConversation({ client, events }: PanelModel): void {
  const { $conversation, $timeline, $typing } = client.port.conversation.handle
  let before = $conversation.get()
  let due = false

  /** Once for all changes of a turn, when the timeline is up to date as well. */
  function tell(): void {
    due = false
    const was = before
    before = $conversation.get()
    if (before.id !== was.id) tellOfAnother(before)
    // What the first look at it brings is no change.
    else if (was.synced) tellOfChange(before, was)
  }

  function tellOfAnother(conversation: ConversationInfo): void {
    if (conversation.id === null) return
    // Whatever stands in the log was said before.
    const isNew = !$timeline.get().some((entry) => entry.seq !== undefined)
    events.emit(isNew ? 'conversation:started' : 'conversation:opened', { conversation })
  }

  function tellOfChange(conversation: ConversationInfo, was: ConversationInfo): void {
    const { status, agent } = conversation
    if (status !== was.status) {
      events.emit('conversation:status', { status, before: was.status })
      if (status === 'resolved') events.emit('conversation:ended', { conversation })
    }
    if (agent?.id === was.agent?.id) return
    if (was.agent) events.emit('agent:left', { agent: was.agent })
    if (agent) events.emit('agent:joined', { agent })
    events.emit('conversation:assigned', { agent })
  }

  $conversation.listen(() => {
    if (!due) queueMicrotask(tell)
    due = true
  })
  let typing = ''
  $typing.listen((authors) => {
    const now = authors.map(({ kind, id }) => kind + id).join()
    if (now !== typing) events.emit('typing', { authors })
    typing = now
  })
}
