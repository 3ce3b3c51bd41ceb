export type { LoadMemberContent } from './push-content.js'
export type { PushReason } from './push-job.js'
export { createPushQueue } from './push-queue.js'
export { loadServerKey } from './server-key.js'
export {
  forgetBrowsers,
  type PushContext,
  subscribe,
  subscribeMember,
  unsubscribe,
  unsubscribeMember,
} from './subscriptions.js'
