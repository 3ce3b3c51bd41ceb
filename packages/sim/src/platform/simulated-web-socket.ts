import type { LinkHandle, Network } from '../network/network.js'
import type { Host } from '../world.js'

/** The `WebSocket` of one page, as far as the driver uses it. */
export function simulatedWebSocket(network: Network, page: Host): typeof globalThis.WebSocket {
  class SimulatedWebSocket {
    readyState = 0
    onopen: (() => void) | null = null
    onmessage: ((event: { data: string }) => void) | null = null
    onclose: ((event: { code: number }) => void) | null = null
    onerror: (() => void) | null = null
    readonly #link: LinkHandle

    constructor() {
      this.#link = network.connect(page, 'websocket', {
        opened: () => {
          this.readyState = 1
          this.onopen?.()
        },
        received: (data) => {
          if (this.readyState === 1) this.onmessage?.({ data })
        },
        ended: (end) => {
          this.readyState = 3
          // 1006: no close frame came.
          this.onclose?.({ code: end === 'closed' ? 1000 : 1006 })
        },
      })
    }

    send(text: string): void {
      this.#link.send(text)
    }

    close(): void {
      this.readyState = 2
      this.#link.close()
    }
  }
  return SimulatedWebSocket as unknown as typeof globalThis.WebSocket
}
