/** Texts of the launcher. Apart from the panel's, so that the loader carries no more than it shows. */
export const launcherTexts = {
  openChat: 'Open chat',
  loadFailed: 'The chat did not load. Press to try again.',
}

/** Texts of the panel; error texts are keyed `error` and code. */
export const panelTexts = {
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
  expand: 'Make the chat larger',
  shrink: 'Make the chat smaller',

  conversationLabel: 'Messages',
  loadEarlier: 'Load earlier messages',
  loadingEarlier: 'Loading earlier messages…',
  newMessages: 'New',
  jumpToNewest: 'Jump to the newest message',
  unreadOne: '1 new message',
  unreadMany: '{count} new messages',
  today: 'Today',
  yesterday: 'Yesterday',
  you: 'You',
  agentFallback: 'Agent',
  assistantFallback: 'Assistant',
  systemFallback: 'System',
  says: '{name} said at {time}:',
  typing: '{name} is typing',
  typingMany: '{count} people are typing',
  externalLink: '{link} (opens in a new tab)',

  changeAssigned: '{name} joined the conversation',
  changeWaiting: 'Waiting for someone to join',
  changeReopened: 'The conversation was reopened',
  changeResolved: 'The conversation has ended',

  deliveryQueued: 'Waiting to be sent',
  deliverySending: 'Sending',
  deliverySent: 'Sent',
  deliveryRead: 'Read',
  deliveryFailed: 'Not sent',
  retry: 'Try again',
  discard: 'Delete',

  composerLabel: 'Your message',
  composerPlaceholder: 'Write a message…',
  composerReopen: 'Write a message to continue…',
  send: 'Send message',
  charactersLeft: '{count} characters left',
  charactersOver: '{count} characters too many',

  connecting: 'Connecting…',
  reconnecting: 'Connection lost. Trying again…',
  offline: 'No connection. Your messages are kept on this device and sent once it is back.',
  offlineMemory: 'No connection. Keep this page open: your messages are sent once it is back.',

  errorBAD_FRAME: 'The server did not understand this. Please reload the page.',
  errorVALIDATION_FAILED: 'This message cannot be sent as it is.',
  errorUNSUPPORTED_VERSION: 'The chat was updated. Please reload the page.',
  errorUNAUTHENTICATED: 'Your session has ended. Please reload the page.',
  errorFORBIDDEN_ORIGIN: 'The chat is not set up for this website.',
  errorFORBIDDEN: 'This is not allowed here.',
  errorNOT_FOUND: 'This chat does not exist any more.',
  errorID_REUSED: 'This message was already sent with another text.',
  errorPAYLOAD_TOO_LARGE: 'The message is too long.',
  errorRATE_LIMITED: 'That was a lot at once. Please wait a moment.',
  errorUNAVAILABLE: 'The chat cannot be reached right now.',
  errorINTERNAL: 'Something went wrong on our side.',
  errorOFFLINE: 'There is no connection.',
  errorTIMEOUT: 'The server did not answer in time.',
  errorABORTED: 'This was cancelled.',
  errorNOT_OPEN: 'The connection was lost.',
}

/** Texts of the launcher, by key. */
export type LauncherTexts = typeof launcherTexts
/** Texts of the panel, by key. */
export type PanelTexts = typeof panelTexts
/** Every visible text, by key. */
export type Texts = LauncherTexts & PanelTexts
