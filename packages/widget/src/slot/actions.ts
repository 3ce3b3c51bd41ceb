import type { ChatClient } from '@chatdesk/core'
import { APP_COMMANDS } from '../sdk/command-names.js'
import type { AppCommands, RunCommand } from '../sdk/commands.js'
import type { WidgetSlot } from './widget-slot.js'

/** What an app asks of its widget, whether one stands already or not: each command waits for it. */
export interface WidgetActions extends AppCommands {
  run: RunCommand
}

/** Actions that stay the same for as long as the slot does. */
export function widgetActions(slot: WidgetSlot): WidgetActions {
  const run = (async (name: 'open', args: []) => (await slot.whenShown()).run(name, args)) as RunCommand
  const commands = APP_COMMANDS.map((name) => [name, (...args: never) => run(name, args)])
  return { ...(Object.fromEntries(commands) as AppCommands), run }
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
