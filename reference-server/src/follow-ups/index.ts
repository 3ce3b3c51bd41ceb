export { noteVisitorSign, sendDueFollowUps } from './follow-ups.js'
