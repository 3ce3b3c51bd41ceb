/** Texts of the panel's menu. */
export const menuTexts = {
  searchConversation: 'Search messages',
}
