/** Texts of the list of a visitor's conversations. */
export const homeTexts = {
  homeHello: 'How can we help?',
  homeContinue: 'Continue this conversation',
  homeEarlier: 'Earlier conversations',
  homeNew: 'New conversation',
  help: 'Help',
  homeMore: 'Show more',
  homeLoading: 'Loading conversations…',
  homeFailed: 'Your conversations could not be loaded.',
  /** Of the extras too, which come when they come. */
  retry: 'Try again',
  homeBusy: 'A message is still being sent. Please try again in a moment.',
  homeNothingSaid: 'No messages yet',
  homeWaiting: 'Waiting',
  homeEnded: 'Ended',
  homeOwn: 'You:',
}
