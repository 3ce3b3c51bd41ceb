export { loadConversationVisitor } from './conversation-visitor.js'
export {
  type ConversationsContext,
  loadConversation,
  startConversation,
} from './conversations.js'
export { isQueued, QUEUE_ORDER, QUEUE_RANK, rankAt } from './in-queue.js'
export { loadInbox, loadSummaries, loadVersions } from './inbox.js'
export { countViews, loadView } from './inbox-view.js'
export {
  isReachable,
  liveConversation,
  openConversation,
  setLive,
  shownConversations,
} from './live-conversation.js'
export { tellsOfPayment } from './payment-news.js'
export { priorityOf } from './priorities.js'
export { loadRating, messageRatings, rateConversation, rateMessage, ratingOf } from './ratings.js'
export { type Taken, takeAlong } from './take-along.js'
export { recentEvents, trackEvents } from './tracked-events.js'
export { loadTranscript, transcriptHtml, transcriptJson, transcriptText } from './transcript.js'
export { transcriptWords } from './transcript-words.js'
export { listVisitorConversations } from './visitor-conversations.js'
export { visitorName } from './visitor-name.js'
