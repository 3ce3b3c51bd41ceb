import { randomUUID } from 'node:crypto'
import { createRazorpaySimulator, type RazorpaySimulator } from '@chatdesk/razorpay-simulator'
import { ChatServer } from './chat-server.js'
import { type HostSite, startHostSite } from './host-site.js'
import { demoWidgetId, type MemberApi, signInToApi } from './member-api.js'

const KEY = { id: 'rzp_test_simE2E', secret: 'the key secret of these journeys' }

interface Connected {
  account: { webhookPath: string }
  webhookSecret: string
}

/** A server whose organization takes money, at a Razorpay on this machine that tells it by webhooks, and the shop that it is for. */
export class Till {
  private constructor(
    readonly server: ChatServer,
    readonly simulator: RazorpaySimulator,
    readonly shop: HostSite,
    readonly owner: MemberApi,
    readonly widgetId: string,
  ) {}

  /** @param body of the shop's page, for a server at this address. */
  static async open(body: (serverUrl: string) => string): Promise<Till> {
    const simulator = createRazorpaySimulator({ keys: [KEY] })
    const razorpay = await simulator.start()
    // With an address of its own, whoever has paid at a link's page is brought back to it.
    const server = await ChatServer.launch((url) => ({ CHATDESK_RAZORPAY_URL: razorpay, CHATDESK_PUBLIC_URL: url }))
    const owner = await signInToApi(server.url)
    const keys = { keyId: KEY.id, keySecret: KEY.secret }
    const connected = await owner.call<Connected>('PUT', '/payment-account', keys)
    const url = `${server.url}${connected.account.webhookPath}`
    simulator.control({ type: 'webhook.add', url, secret: connected.webhookSecret })
    // Browsers keep pages that no server has sent from scripts of this machine.
    const shop = await startHostSite(
      `<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>${body(server.url)}</html>`,
    )
    const widgetId = await demoWidgetId(owner)
    const changes = { allowedOrigins: [server.url, shop.origin], settings: { tabs: 'shared' } }
    await owner.call('PATCH', `/widgets/${widgetId}`, changes)
    return new Till(server, simulator, shop, owner, widgetId)
  }

  /** Asks for 499.00 rupees in the conversation in which something was said last. */
  async ask(purpose: string): Promise<void> {
    const page = await this.owner.call<{ conversations: [{ id: string }] }>('GET', '/conversations?view=all&limit=1')
    const [{ id }] = page.conversations
    const payment = { id: randomUUID(), purpose, amountMinor: 49_900, currency: 'INR' }
    await this.owner.call('POST', `/conversations/${id}/payments`, payment)
  }

  /** Has money come in for what was opened last, without the window that was opened for it. */
  payElsewhere(): void {
    const [orderId] = [...this.simulator.state().orders.keys()].slice(-1)
    if (orderId === undefined) throw new Error('there is no order')
    this.simulator.attempt({ orderId })
  }

  async close(): Promise<void> {
    await this.shop.close()
    await this.server.dispose()
    await this.simulator.close()
  }
}
