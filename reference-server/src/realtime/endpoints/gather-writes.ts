import type { Duplex } from 'node:stream'

/**
 * What one commit makes us send to a peer, its answers and its events, leaves in one system call: call the answer before
 * each write.
 */
export function gatherWrites(link: Duplex): () => void {
  let corked = false
  const uncork = () => {
    corked = false
    link.uncork()
  }
  return () => {
    if (corked) return
    corked = true
    link.cork()
    process.nextTick(uncork)
  }
}
