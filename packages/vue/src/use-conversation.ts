import type { ChatClient, ConnectionState, ConversationInfo, TimelineEntry } from '@chatdesk/core'
import { type ConversationActions, conversationActions } from '@chatdesk/widget'
import { type ComputedRef, computed, type ShallowRef } from 'vue'
import { useSlot } from './create-chat-desk.js'
import { useChatDeskState } from './use-chat-desk-state.js'

/** A conversation, to draw oneself. */
export interface Conversation extends ConversationActions {
  timeline: ComputedRef<readonly TimelineEntry[]>
  /** Undefined until there is a client. */
  conversation: Readonly<ShallowRef<ConversationInfo | undefined>>
  connection: ComputedRef<ConnectionState>
  /** Who types, without the visitor. */
  typing: ComputedRef<ReturnType<ChatClient['$typing']['get']>>
}

/** The visitor's conversation, without the widget's looks: its state, and what one does in it. */
export function useConversation(): Conversation {
  const timeline = useChatDeskState(({ $timeline }) => $timeline)
  const connection = useChatDeskState(({ $connection }) => $connection)
  const typing = useChatDeskState(({ $typing }) => $typing)
  return {
    ...conversationActions(useSlot()),
    timeline: computed(() => timeline.value ?? []),
    conversation: useChatDeskState(({ $conversation }) => $conversation),
    connection: computed(() => connection.value ?? { status: 'idle' }),
    typing: computed(() => typing.value ?? []),
  }
}
