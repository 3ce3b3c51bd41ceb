/** What a firewall or a proxy tells apart. */
export type Carrier = 'websocket' | 'socket-io' | 'http'
/** How it keeps a carrier from working: an error at once · no answer ever · it opens, and nothing comes back through it. */
export type Block = 'refused' | 'dropped' | 'buffered'

export const CARRIERS: readonly Carrier[] = ['websocket', 'socket-io', 'http']

/** One page's way to the network, as it is right now. */
export class Access {
  /** Where its requests come from; what is cut is cut for all links of one page. */
  readonly blocks = new Map<Carrier, Block>()
  /** Added to every delay, in milliseconds. */
  slowMs = 0
  /** What a bad transport does to frames on their way down, as probabilities. */
  readonly down = { lose: 0, repeat: 0, swap: 0 }

  heal(): void {
    this.blocks.clear()
    this.slowMs = 0
    this.down.lose = 0
    this.down.repeat = 0
    this.down.swap = 0
  }
}
