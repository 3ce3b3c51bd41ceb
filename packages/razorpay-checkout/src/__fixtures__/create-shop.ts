import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'
import { putBack } from '../../../../scripts/payment-bugs/put-back.js'

/** A page that takes money: its button opens `next`, and `told` is what came of it. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>Shop</title><body style="overflow: clip">
  <script src="/package.js"></script><button id="buy">Buy</button><div id="widget"></div>
  <script src="/page.js"></script>`
const PAGE_SCRIPT = `
  const shadow = document.getElementById('widget').attachShadow({ mode: 'open' })
  shadow.innerHTML = '<button id="pay">Pay</button>'
  window.told = []
  const open = () => {
    const opened = razorpay.openCheckout(window.next)
    window.openedAtOnce = document.querySelector('.razorpay-container') !== null
    opened.then((outcome) => told.push(outcome), (error) => told.push({ code: error.code, field: error.field }))
  }
  document.getElementById('buy').onclick = shadow.getElementById('pay').onclick = open`

/** What is served as it is; the package itself is bundled first. A script that leaves nothing behind is none of the provider's. */
const FILES: Readonly<Record<string, [type: string, text: string]>> = {
  '/': ['text/html', PAGE],
  '/page.js': ['text/javascript', PAGE_SCRIPT],
  '/package.js': ['text/javascript', ''],
  '/nothing.js': ['text/javascript', ''],
}

/** A shop of another origin than the provider's. */
export interface Shop {
  readonly url: string
  /** What was posted to its `/back`. */
  readonly posted: readonly URLSearchParams[]
  /** How often the script of each path was asked for. */
  readonly asked: ReadonlyMap<string, number>
  /** The policy of its pages from now on. */
  policy: string
  close(): Promise<void>
}

async function bundle(): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [putBack()],
    resolve: { conditions: ['@chatdesk/source'] },
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(new URL('../index.ts', import.meta.url)), formats: ['iife'], name: 'razorpay' },
    },
  })) as Rolldown.RolldownOutput[]
  return built[0]?.output[0].code ?? ''
}
let bundled: Promise<string> | undefined

/** Opens one on a port of its own. */
export async function createShop(): Promise<Shop> {
  bundled ??= bundle()
  const code = await bundled
  const posted: URLSearchParams[] = []
  const asked = new Map<string, number>()
  const shop: { policy: string } = { policy: '' }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
    asked.set(pathname, (asked.get(pathname) ?? 0) + 1)
    if (shop.policy) response.setHeader('content-security-policy', shop.policy)
    const send = (type: string, text: string) => void response.setHeader('content-type', type).end(text)
    const [type, text] = FILES[pathname] ?? []
    if (type) return send(type, pathname === '/package.js' ? code : (text ?? ''))
    // One that never comes.
    if (pathname === '/never.js') return
    if (pathname === '/around')
      return send('text/html', `<!doctype html><iframe src="${searchParams.get('src')}"></iframe>`)
    if (pathname !== '/back') return void response.writeHead(404).end()
    let body = ''
    for await (const part of request) body += part
    posted.push(new URLSearchParams(body))
    send('text/html', '<h1>Back</h1>')
  }
  const server: Server = createServer((request, response) => void serve(request, response))
  // Every address of this machine: `localhost` is another site than `127.0.0.1`.
  await new Promise<void>((resolve) => server.listen(0, resolve))
  return Object.assign(shop, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posted,
    asked,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}
