export {
  AGENT,
  CONVERSATION_ID,
  change,
  message,
  serverId,
  storedParts,
  sync,
  UNTOUCHED_BY_TEAM,
  VISITOR,
  widgetSettings,
} from './builders.js'
export {
  createTestAgent,
  createTestClient,
  type TestAgent,
  type TestClient,
  testIdentity,
} from './create-test-client.js'
export { type ManualClock, manualClock, settle } from './manual-clock.js'
export { createPaymentBooks, PAYMENT_LINK, PAYMENT_ORDER, type PaymentBooks } from './payment-books.js'
export { isOvertaken, type TestLog } from './test-log.js'
export { createTestServer } from './test-server.js'
export type { InConversation, TestServer, TestServerOptions } from './test-server-handle.js'
