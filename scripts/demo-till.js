// A Razorpay of the demo's own on loopback, so that it takes payments with nobody's keys. Plain JavaScript, like start.js.
import { randomUUID } from 'node:crypto'

/**
 * Starts it, and tells the server of it by `CHATDESK_RAZORPAY_URL`. It keeps nothing: what was paid there before a restart, it does not
 * know any more.
 * @returns {Promise<(serverUrl: string) => Promise<void>>} connects the demo's organization, unless it has another account
 */
export async function openDemoTill() {
  const { createRazorpaySimulator, DEFAULT_KEY } = await import('@chatdesk/razorpay-simulator')
  const port = Number(process.env.RAZORPAY_SIMULATOR_PORT ?? 0)
  // Ids of orders are ones that the data of an earlier start does not hold.
  const simulator = createRazorpaySimulator({ port, seed: randomUUID() })
  process.env.CHATDESK_RAZORPAY_URL = await simulator.start()

  return async (serverUrl) => {
    const owner = await signIn(serverUrl)
    const path = '/chat-widget/payment-account'
    const { account } = await owner('GET', path)
    if (account && account.keyId !== DEFAULT_KEY.id) return
    const keys = { keyId: DEFAULT_KEY.id, keySecret: DEFAULT_KEY.secret }
    // The secret of an earlier start is kept sealed: it is told once.
    const connected = await (account ? owner('POST', `${path}/webhook-secret`) : owner('PUT', path, keys))
    const url = serverUrl + connected.account.webhookPath
    simulator.control({ type: 'webhook.add', url, secret: connected.webhookSecret })
    await owner('POST', '/auth/sign-out')
    console.log(`  payments   by a simulator of Razorpay at ${simulator.url}: no money moves`)
  }
}

/** @param {string} serverUrl */
async function signIn(serverUrl) {
  /** @type {Record<string, string>} */
  const headers = { origin: serverUrl, 'content-type': 'application/json' }
  /** @type {(method: string, path: string, body?: object) => Promise<any>} */
  const call = async (method, path, body) => {
    const answer = await fetch(`${serverUrl}/api${path}`, { method, headers, body: body ? JSON.stringify(body) : null })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
    if (cookie) headers.cookie = cookie
    return answer.status === 204 ? undefined : answer.json()
  }
  const credentials = { email: 'owner@demo.test', password: 'chatdesk-demo' }
  const { csrfToken } = await call('POST', '/auth/sign-in', credentials)
  headers['x-chatdesk-csrf'] = csrfToken
  return call
}
