export {
  type ConversationsContext,
  conversationsOfSession,
  loadConversation,
  startConversation,
} from './conversations.js'
export { loadInbox, loadSummaries } from './inbox.js'
export { visitorName } from './visitor-name.js'
