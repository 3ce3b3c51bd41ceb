import { describe, expect, it, vi } from 'vitest'
import { type ConversationState, markRead, unknownConversation } from '../state/conversation-state.js'
import { CONVERSATION_ID, message, serverId } from '../testing/builders.js'
import { createConversationStores } from './conversation-stores.js'

const empty = unknownConversation({ kind: 'visitor' }, CONVERSATION_ID)
const told: ConversationState = { ...empty, events: [message({ seq: 1 })] }

describe('createConversationStores', () => {
  it('[H2] ends with what a listener has made of it, not with what that one was told of', () => {
    const { $timeline, $unreadCount, show } = createConversationStores(empty)
    const stop = $timeline.listen(() => {
      stop()
      show(markRead(told, 'visitor', 1), told)
    })
    show(told, empty)
    expect($unreadCount.get()).toBe(0)
  })

  it('[C10] tells of no store while another is older', () => {
    const { $timeline, $conversation, show } = createConversationStores(told)
    const other = unknownConversation({ kind: 'visitor' }, serverId(7))
    const seen: unknown[] = []
    const look = () => seen.push([$timeline.get().length, $conversation.get().id])
    $timeline.listen(() => look())
    $conversation.listen(() => look())
    show(other, told)
    expect(seen).toEqual([
      [0, other.id],
      [0, other.id],
    ])
  })

  it('shows the rest when a listener throws', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { $timeline, $unreadCount, show } = createConversationStores(empty)
    $timeline.listen(() => {
      throw new Error('mine')
    })
    show(told, empty)
    expect($unreadCount.get()).toBe(1)
    expect(error).toHaveBeenCalledOnce()
    error.mockRestore()
  })

  it('tells of nothing that is as it was', () => {
    const { $timeline, $conversation, show } = createConversationStores(empty)
    const heard = vi.fn()
    $timeline.listen(heard)
    $conversation.listen(heard)
    show({ ...empty, headSeq: 5 }, empty)
    expect(heard).not.toHaveBeenCalled()
  })
})
