export { createPushQueue } from './push-queue.js'
export { loadServerKey, type ServerKey } from './server-key.js'
export { forgetBrowsers, type PushContext, subscribe, unsubscribe } from './subscriptions.js'
