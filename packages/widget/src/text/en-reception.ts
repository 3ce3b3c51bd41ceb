/** Texts of when the team is there. */
export const receptionTexts = {
  backToday: 'Back today at {time}',
  backTomorrow: 'Back tomorrow at {time}',
  backOn: 'Back on {day} at {time}',
  assistantAnswers: 'Automatic assistant',
  leaveMessage: 'Leave a message',
  awayNotice: 'We are away at the moment. Leave a message and we will get back to you.',
  queuePlace: 'You are number {number} in the queue',
  queueWait: 'You are number {number} in the queue, about {minutes} min',
}
