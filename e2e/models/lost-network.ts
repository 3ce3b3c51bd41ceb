import type { Page, WebSocketRoute } from '@playwright/test'

/** The network of one page, which can be lost and found: a lid that is closed, a train in a tunnel. */
export class LostNetwork {
  readonly #open = new Set<WebSocketRoute>()
  #lost = false

  private constructor(private readonly page: Page) {}

  /** Stands between a page and its network; the page is loaded anew, so that nothing goes past it. */
  static async of(page: Page): Promise<LostNetwork> {
    const network = new LostNetwork(page)
    await page.context().routeWebSocket(/./, (socket) => {
      if (network.#lost) return socket.close()
      socket.connectToServer()
      network.#open.add(socket)
    })
    await page.reload()
    return network
  }

  async lose(): Promise<void> {
    this.#lost = true
    await this.page.context().setOffline(true)
    for (const socket of this.#open) await socket.close()
    this.#open.clear()
  }

  async find(): Promise<void> {
    this.#lost = false
    await this.page.context().setOffline(false)
  }
}
