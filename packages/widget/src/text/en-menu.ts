/** Texts of the panel's menu. */
export const menuTexts = {
  searchConversation: 'Search messages',
  soundOn: 'Turn sounds on',
  soundOff: 'Turn sounds off',
  notifyOn: 'Turn notifications on',
  notifyOff: 'Turn notifications off',
  conversations: 'Conversations',
  help: 'Help',
  payments: 'Payments',
  transcript: 'Transcript',
  ownData: 'Your data',
  endChat: 'End chat',
  popOut: 'Open in a window',
}
