import type { InitRequest, InitResponse } from '@chatdesk/protocol'
import type { Peer } from '@chatdesk/server/testing/realtime'
import type { Host } from '../world.js'
import type { LinkPeer, LinkServer } from './link.js'

/** A node as the network reaches it. */
export interface Server {
  readonly host: Host
  /** Whether the balancer sends anybody there. */
  readonly accepting: boolean
  accept(this: void, peer: Peer): LinkServer
  /** A request for a path and its query. */
  acceptHttp(this: void, target: string): (peer: LinkPeer) => LinkServer
  /** `POST /api/widget/init`. */
  init(request: InitRequest): Promise<InitResponse>
  /** A connection ticket for the agent. */
  ticket(): Promise<string>
}
