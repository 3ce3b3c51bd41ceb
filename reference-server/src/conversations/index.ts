export {
  type ConversationsContext,
  conversationsOfSession,
  loadConversation,
  startConversation,
} from './conversations.js'
export { loadInbox, loadSummaries, loadVersions } from './inbox.js'
export { type Taken, takeAlong } from './take-along.js'
export { visitorName } from './visitor-name.js'
