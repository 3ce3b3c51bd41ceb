/** Texts of when the team is there. */
export const receptionTexts = {
  backToday: 'Back today at {time}',
  backTomorrow: 'Back tomorrow at {time}',
  backOn: 'Back on {day} at {time}',
  leaveMessage: 'Leave a message',
}
