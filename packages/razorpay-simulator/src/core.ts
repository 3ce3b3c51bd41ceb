export type {
  CaptureTerms,
  Instrument,
  LinkRecord,
  Notes,
  OrderRecord,
  PaymentRecord,
  PaymentStatus,
  RefundRecord,
} from './core/entities.js'
export { FAILURES, type FailureReason } from './core/failure-reasons.js'
export type {
  Fault,
  FaultRecord,
  RefundFault,
  RestFault,
  RestFaultKind,
  WebhookFault,
  WebhookFaultKind,
} from './core/faults.js'
export type {
  AttemptInput,
  AttemptOutcome,
  AttemptResult,
  CheckoutError,
  ControlInput,
  DeliveryResultInput,
  Effect,
  Input,
  RequestInput,
  RespondEffect,
} from './core/inputs.js'
export { brokenInvariants } from './core/invariants.js'
export { sign, signCheckout, signLinkCallback } from './core/signatures.js'
export {
  type ApiKey,
  createState,
  DEFAULT_SETTINGS,
  type InitialState,
  type SimulatorSettings,
  type SimulatorState,
  type Timer,
} from './core/state.js'
export { nextDueAt, type Step, step } from './core/step.js'
export { TEST_CARDS } from './core/test-instruments.js'
export {
  type AlertRecord,
  type DeliveryAttempt,
  type DeliveryDamage,
  type DeliveryOrder,
  type DeliveryRecord,
  EVENT_NAMES,
  type EventName,
  type EventRecord,
  type WebhookRecord,
} from './core/webhook-records.js'
