export { adoptEntries } from './client/adopt-entries.js'
export { type AdoptOptions, adoptOutboxes } from './outbox/adopt-outboxes.js'
