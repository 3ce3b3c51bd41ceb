export { type AdoptOptions, adoptOutboxes } from './outbox/adopt-outboxes.js'
