/** Texts of a plain conversation. */
export const conversationTexts = {
  openChat: 'Open chat',
  openChatUnreadOne: 'Open chat, 1 unread message',
  openChatUnread: 'Open chat, {count} unread messages',
  closeChat: 'Close chat',
  panelLabel: 'Chat',
  titleFallback: 'Chat with us',
  subtitleNew: 'Send us a message',
  subtitleWaiting: 'Waiting for someone to join',
  subtitleResolved: 'This conversation has ended',
  minimise: 'Minimise chat',

  conversationLabel: 'Messages',
  newMessages: 'New',
  today: 'Today',
  yesterday: 'Yesterday',
  you: 'You',
  agentFallback: 'Agent',
  assistantFallback: 'Assistant',
  systemFallback: 'System',
  says: '{name} said at {time}:',

  changeAssigned: '{name} joined the conversation',
  changeLeft: '{name} left the conversation',
  changeWaiting: 'Waiting for someone to join',
  changeReopened: 'The conversation was reopened',
  changeResolved: 'The conversation has ended',

  deliveryQueued: 'Waiting to be sent',
  deliverySending: 'Sending',
  deliverySent: 'Sent',
  deliveryRead: 'Read',

  composerLabel: 'Your message',
  composerPlaceholder: 'Write a message…',
  composerReopen: 'Write a message to continue…',
  send: 'Send message',

  connecting: 'Connecting…',
}
