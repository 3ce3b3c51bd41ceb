export { noteVisitorSign, sendDueFollowUps } from './follow-ups.js'
export { quietUntil } from './quiet-hours.js'
