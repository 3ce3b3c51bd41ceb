/** Texts of what is heard and seen while nobody looks at the panel. */
export const notifyTexts = {
  notifyNew: 'New message',
  notifyOffer: 'Would you like a notification when an answer comes?',
  notifyYes: 'Yes, please',
  notifyNo: 'No, thanks',
}
