import type { ChatClient } from '@chatdesk/core'
import type { WidgetHandle } from '../mount/mount-widget.js'
import type { WidgetSlot } from './widget-slot.js'

/** What an app asks of its widget, whether one stands already or not: each waits for it. */
export interface WidgetActions {
  open(): Promise<void>
  close(): Promise<void>
  toggle(): Promise<void>
  consent(granted: boolean): Promise<void>
  run: (...command: Parameters<WidgetHandle['run']>) => Promise<unknown>
}

/** Actions that stay the same for as long as the slot does. */
export function widgetActions(slot: WidgetSlot): WidgetActions {
  return {
    open: async () => (await slot.whenShown()).open(),
    close: async () => (await slot.whenShown()).close(),
    toggle: async () => (await slot.whenShown()).toggle(),
    consent: async (granted) => (await slot.whenShown()).consent(granted),
    run: async (name, args) => (await slot.whenShown()).run(name, args),
  }
}

/** What one does in a conversation. */
export type ConversationActions = Pick<
  ChatClient,
  'start' | 'sendMessage' | 'retryMessage' | 'discardMessage' | 'loadOlder' | 'end' | 'markRead' | 'setTyping'
>

/** Actions that stay the same for as long as the slot does. */
export function conversationActions(slot: WidgetSlot): ConversationActions {
  const client = async () => slot.client() ?? (await slot.whenShown()).client
  return {
    start: async () => (await client()).start(),
    sendMessage: async (content) => (await client()).sendMessage(content),
    retryMessage: async (key) => (await client()).retryMessage(key),
    discardMessage: async (key) => (await client()).discardMessage(key),
    loadOlder: async () => (await client()).loadOlder(),
    end: async () => (await client()).end(),
    // Signs of the moment: nobody waits for them.
    markRead: () => slot.client()?.markRead(),
    setTyping: (active) => slot.client()?.setTyping(active),
  }
}
