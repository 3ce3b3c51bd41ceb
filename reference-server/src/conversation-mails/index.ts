export { createMailStops } from './mail-stops.js'
export { mailMissedChats } from './missed-chats.js'
export { mailStopRoutes } from './routes.js'
export { mailUnansweredReplies } from './unanswered-replies.js'
