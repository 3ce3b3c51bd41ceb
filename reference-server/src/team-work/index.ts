export { changeTag } from './change-tag.js'
export {
  assignConversation,
  releaseConversation,
  reopenConversation,
} from './move-conversations.js'
export { createNote } from './notes.js'
export { teamWorkRoutes } from './routes.js'
export type { TeamWorkContext, Which } from './team-work-context.js'
export { updateConversation } from './update-conversation.js'
