'use client'

import type { ChatClient, ConnectionState, ConversationInfo, TimelineEntry } from '@chatdesk/core'
import { type ConversationActions, conversationActions } from '@chatdesk/widget'
import { useMemo } from 'react'
import { useSlot } from './chat-desk-provider.js'
import { useChatDeskState } from './use-chat-desk-state.js'

/** A conversation, to draw oneself. */
export interface Conversation extends ConversationActions {
  timeline: readonly TimelineEntry[]
  /** Undefined until there is a client. */
  conversation: ConversationInfo | undefined
  connection: ConnectionState
  /** Who types, without the visitor. */
  typing: ReturnType<ChatClient['$typing']['get']>
}

const NOTHING: readonly never[] = []
const IDLE: ConnectionState = { status: 'idle' }

/** The visitor's conversation, without the widget's looks: its state, and what one does in it. */
export function useConversation(): Conversation {
  const slot = useSlot()
  const actions = useMemo(() => conversationActions(slot), [slot])
  return {
    ...actions,
    timeline: useChatDeskState(({ $timeline }) => $timeline) ?? NOTHING,
    conversation: useChatDeskState(({ $conversation }) => $conversation),
    connection: useChatDeskState(({ $connection }) => $connection) ?? IDLE,
    typing: useChatDeskState(({ $typing }) => $typing) ?? NOTHING,
  }
}
