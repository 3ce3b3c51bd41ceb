import type { CountTexts } from './format-text.js'

/** Texts of a plain conversation. */
export const conversationTexts = {
  openChat: 'Open chat',
  openChatUnread: {
    one: 'Open chat, {count} unread message',
    other: 'Open chat, {count} unread messages',
  } as CountTexts,
  closeChat: 'Close chat',
  panelLabel: 'Chat',
  titleFallback: 'Chat with us',
  subtitleNew: 'Send us a message',
  minimise: 'Minimise chat',

  conversationLabel: 'Messages',
  today: 'Today',
  yesterday: 'Yesterday',
  you: 'You',
  agentFallback: 'Agent',
  says: '{name} said at {time}:',

  composerLabel: 'Your message',
  composerPlaceholder: 'Write a message…',
  send: 'Send message',

  connecting: 'Connecting…',
}
