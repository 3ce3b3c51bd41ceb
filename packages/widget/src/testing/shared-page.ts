import type { ChatClient, TransportFactory } from '@chatdesk/core'
import { type TestServer, testIdentity } from '@chatdesk/core/testing'
import { type ClientFrame, parseServerFrame, type ServerFrame, type SessionStart } from '@chatdesk/protocol'

/** One page of a site, in a frame: what it holds of locks and channels is its own, and gone with it. */
export interface SharedPage {
  readonly client: ChatClient
  /** Its live connections. */
  readonly sockets: number
  /** As the browser does when the page is left, and when it comes back. */
  fire(type: 'pagehide' | 'pageshow'): void
  /** Takes the page away, without a word. */
  kill(): void
}

interface PageWindow extends Window {
  createBrowserClient?: typeof import('../mount/create-browser-client.js').createBrowserClient
}

const SOURCE = new URL('../mount/create-browser-client.ts', import.meta.url).href
/** Vitest wraps each dynamic import, and is asked for in the page where that stands. */
const PAGE = `<!doctype html><script type="module">
  window.__vitest_browser_runner__ = parent.__vitest_browser_runner__
  import { createBrowserClient } from ${JSON.stringify(SOURCE)}
  window.createBrowserClient = createBrowserClient
</script>`

/** Opens a page whose client talks to a server in memory. `withoutLocks`: in a browser that has none. */
export async function openSharedPage(
  server: TestServer,
  { tabId, withoutLocks = false }: { tabId: string; withoutLocks?: boolean },
): Promise<SharedPage> {
  const frame = document.createElement('iframe')
  frame.srcdoc = PAGE
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
  document.body.append(frame)
  await loaded
  const page = frame.contentWindow as PageWindow
  page.fetch = ((_url: string, { body }: { body: string }) => answerPoll(server, body)) as typeof fetch
  if (withoutLocks) Object.defineProperty(page.navigator, 'locks', { value: undefined })
  let dead = false
  const sockets = new Set<ReturnType<TransportFactory>>()
  const transport: TransportFactory = () => {
    const socket = server.transport()
    return {
      name: socket.name,
      get status() {
        return socket.status
      },
      async connect(options) {
        await socket.connect({
          ...options,
          onFrame: (frame) => dead || options.onFrame(frame),
          onClose(closure) {
            sockets.delete(socket)
            if (!dead) options.onClose(closure)
          },
        })
        sockets.add(socket)
      },
      send: (frame) => socket.send(frame),
      close: () => socket.close(),
    }
  }
  if (!page.createBrowserClient) throw new Error('the page has no client')
  const options = { url: 'https://chat.example', widgetKey: 'wk_demo' }
  const overrides = { fetch: server.fetch, identity: testIdentity(tabId), storage: undefined, random: () => 0 }
  const client = page.createBrowserClient(options, [transport], overrides)
  await client.start()
  return {
    client,
    get sockets() {
      return sockets.size
    },
    fire: (type) => void page.dispatchEvent(new Event(type)),
    kill() {
      dead = true
      frame.remove()
      for (const socket of sockets) void socket.close()
    },
  }
}

/** `POST /poll` of a server in memory: a connection of its own for each request (W1, W4). */
async function answerPoll(server: TestServer, body: string): Promise<Response> {
  const [start, ...commands] = body.split('\n').map((line) => JSON.parse(line)) as [SessionStart, ...ClientFrame[]]
  const frames: ServerFrame[] = []
  const connection = server.transport()
  let answered = () => {}
  await connection.connect({
    url: '',
    signal: new AbortController().signal,
    getStart: () => start,
    cursors: () => start.cursors,
    parse: parseServerFrame,
    onFrame(frame) {
      frames.push(frame)
      if ('commandId' in frame) answered()
    },
    onClose() {},
  })
  for (const command of commands) {
    const answer = new Promise<void>((resolve) => {
      answered = resolve
    })
    await connection.send(command)
    if ('commandId' in command) await answer
  }
  await connection.close()
  const told = commands.length > 0 ? frames.slice(1) : frames
  return new Response(['seen', ...told.map((frame) => JSON.stringify(frame))].join('\n'))
}
