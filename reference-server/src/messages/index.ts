export { type ChangeFeed, createChangeFeed } from './change-feed.js'
export type { GroupCommitLimits } from './group-commit.js'
export { createMessageLog, type MessageLog } from './message-log.js'
