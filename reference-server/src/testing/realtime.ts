/** What a simulation needs to run the realtime layer without sockets and without a database. */
export { createChangeFeed } from '../messages/change-feed.js'
export { createGroupCommit, createTurns, type Settled } from '../messages/group-commit.js'
export type { Actor, MemberActor, VisitorActor } from '../organizations/actor.js'
export type { Change, RealtimeBackend } from '../realtime/backend.js'
export type { RealtimeClock } from '../realtime/clock.js'
export type { Peer, PeerListener } from '../realtime/peer.js'
export { createRealtimeNode, type RealtimeNode } from '../realtime/testing/realtime-node.js'
