import type { BrowserContext, Page } from '@playwright/test'
import { WidgetModel } from './widget.js'

/** What a page says in `init`, beside its key. */
type InitOptions = Readonly<Record<string, unknown>>

/** Names of what a script can call or read of the browser to keep something, to tell somebody or to recognise anybody. */
interface Watch {
  touched: string[]
}

/**
 * A customer's page that notes, before any script of its own runs, every touch of a storage, a connection, a canvas or
 * the browser's description. It stands on the server's origin, which the demo widget allows.
 */
export class WatchedPage {
  readonly widget: WidgetModel
  /** Addresses that were asked for since the page was opened, without their origin if it is the server's. */
  readonly requests: string[] = []

  private constructor(
    readonly page: Page,
    private readonly address: string,
  ) {
    this.widget = new WidgetModel(page)
  }

  static async open(context: BrowserContext, serverUrl: string, options: InitOptions = {}): Promise<WatchedPage> {
    const page = await context.newPage()
    const watched = new WatchedPage(page, `${serverUrl}/a-shop`)
    await page.addInitScript(watchEverything)
    page.on('request', (request) => watched.requests.push(request.url().replace(serverUrl, '')))
    page.on('websocket', (socket) => watched.requests.push(socket.url()))
    await page.route(watched.address, (route) =>
      route.fulfill({ contentType: 'text/html', body: shop({ widgetKey: 'wk_demo', ...options }) }),
    )
    await watched.visit()
    return watched
  }

  async visit(): Promise<void> {
    await this.page.goto(this.address)
    await this.widget.launcher.waitFor()
  }

  /** The page's own command. */
  async consent(granted: boolean): Promise<void> {
    await this.page.evaluate((given) => {
      ;(window as unknown as { chatdesk(name: string, given: boolean): void }).chatdesk('consent', given)
    }, granted)
  }

  /** What was touched since the page was opened. */
  touched(): Promise<string[]> {
    return this.page.evaluate(() => (window as unknown as { watch: Watch }).watch.touched)
  }

  /** What stands in this browser, by the names of the keys. */
  async stored(): Promise<string[]> {
    const inPage = await this.page.evaluate(async () => {
      const open = (name: string) =>
        new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open(name)
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
      const keysOf = (store: IDBObjectStore) =>
        new Promise<IDBValidKey[]>((resolve) => {
          const request = store.getAllKeys()
          request.onsuccess = () => resolve(request.result)
        })
      const keys: string[] = []
      for (const { name = '' } of await indexedDB.databases()) {
        const database = await open(name)
        for (const store of database.objectStoreNames)
          keys.push(...(await keysOf(database.transaction(store).objectStore(store))).map(String))
        database.close()
      }
      return [...keys, ...Object.keys(localStorage), ...Object.keys(sessionStorage)]
    })
    const cookies = await this.page.context().cookies()
    return [...cookies.map(({ name }) => `cookie ${name}`), ...inPage].sort()
  }
}

const shop = (options: InitOptions) => `<!doctype html><html lang="en"><title>A shop</title><h1>A shop</h1>
<script>
  window.chatdesk = function () { (chatdesk.q = chatdesk.q || []).push(arguments) }
  chatdesk('init', ${JSON.stringify(options)})
</script>
<script async src="/widget.js"></script></html>`

/** Runs in the page, before its scripts. */
function watchEverything(): void {
  const touched: string[] = []
  Object.assign(window, { watch: { touched } })
  const watch = (owner: object, name: string) => {
    const described = Object.getOwnPropertyDescriptor(owner, name)
    if (!described) return
    for (const kind of ['get', 'set', 'value'] as const) {
      const original = described[kind]
      if (typeof original !== 'function') continue
      // A proxy is a function still: callable, and constructible where the original is.
      described[kind] = new Proxy(original, {
        apply: (target, self, args) => {
          touched.push(name)
          return Reflect.apply(target, self, args)
        },
        construct: (target, args) => {
          touched.push(name)
          return Reflect.construct(target, args)
        },
      })
    }
    Object.defineProperty(owner, name, described)
  }
  const all = (owner: object) => {
    for (const name of Object.getOwnPropertyNames(owner)) if (name !== 'constructor') watch(owner, name)
  }
  watch(Document.prototype, 'cookie')
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore']) watch(window, name)
  for (const name of ['fetch', 'WebSocket', 'EventSource', 'BroadcastChannel', 'Worker', 'SharedWorker'])
    watch(window, name)
  watch(XMLHttpRequest.prototype, 'open')
  for (const owner of [Navigator, HTMLCanvasElement, CanvasRenderingContext2D, Screen]) all(owner.prototype)
}
