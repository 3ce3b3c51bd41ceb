/** What a firewall or a bad proxy tells apart: a request for another protocol, or by its path. */
export const TRAFFIC = ['upgrade', '/ws', '/socket.io', '/sse', '/poll', '/api'] as const
/** One of these. */
export type Traffic = (typeof TRAFFIC)[number]
/** How it keeps traffic from passing: 403 at once · no answer ever · an answer passes when it is complete, and not before. */
export type Block = 'refused' | 'dropped' | 'buffered'

/** A page's way to the network, as it is right now. It outlives the loads of the page. */
export class Line {
  /** How much later each piece arrives, in milliseconds. */
  delayMs = 0
  /** Connections are accepted, and that is all. */
  mute = false
  /** The next message passes; its answer does not, and the connection ends instead. */
  losesAnswer = false
  /** The next message arrives so many milliseconds later, and its page loses the connection at once; 0: it does not. */
  lateMs = 0
  readonly blocks = new Map<Traffic, Block>()

  blockOf(requestHead: string): Block | undefined {
    const path = requestHead.split(' ', 2)[1] ?? ''
    const isUpgrade = /\r\nupgrade:/i.test(requestHead)
    for (const [traffic, block] of this.blocks)
      if (traffic === 'upgrade' ? isUpgrade : path.startsWith(traffic)) return block
    return undefined
  }

  heal(): void {
    this.delayMs = 0
    this.mute = false
    this.losesAnswer = false
    this.lateMs = 0
    this.blocks.clear()
  }
}
