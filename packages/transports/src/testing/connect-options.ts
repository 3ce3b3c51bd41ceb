import type { TransportConnectOptions } from '@chatdesk/core'
import { parseServerFrame } from '@chatdesk/protocol'

/** Options of an attempt to which nobody listens, but for what a test says. */
export function connectOptions(
  over: Pick<TransportConnectOptions, 'url' | 'getStart'> & Partial<TransportConnectOptions>,
): TransportConnectOptions {
  return {
    signal: new AbortController().signal,
    cursors: () => [],
    parse: parseServerFrame,
    onFrame: () => {},
    onClose: () => {},
    ...over,
  }
}
