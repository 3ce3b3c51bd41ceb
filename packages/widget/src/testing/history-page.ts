// Runs in a page of the bench: a widget with a conversation of any length, and the server in memory that holds it.
import { createMemoryStorage } from '@chatdesk/core'
import { createTestServer, testIdentity } from '@chatdesk/core/testing'
import { mountWidget } from '../mount/mount-widget.js'

const painted = () =>
  new Promise<number>((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.now())
      port2.postMessage(null)
    }),
  )

const thread = () => document.querySelector('chatdesk-widget')?.shadowRoot?.querySelector('[data-part="thread"]')

async function paintedWith(words: string): Promise<number> {
  while (!thread()?.textContent.includes(words)) await new Promise((resolve) => requestAnimationFrame(resolve))
  return painted()
}

const server = createTestServer()
let widget: ReturnType<typeof mountWidget>
let said = 0

/** What the bench does in the page, and in how many milliseconds until it was painted. */
const historyPage = {
  /** Puts a server with so many messages, and a widget with the newest of them, into the page. */
  async prepare(count: number): Promise<void> {
    server.startConversation()
    // By turns, so that each is a row of its own: nothing is gained by grouping.
    for (; said < count; said++) {
      if (said % 2) server.visitorSays(`Message ${said} of the visitor, in some words.`)
      else server.agentSays(`Message ${said} of the team, which says what there is to say in **two** lines or so.`)
    }
    widget = mountWidget({
      url: 'https://chat.example',
      widgetKey: 'wk_demo',
      client: {
        transports: [server.transport],
        fetch: server.fetch,
        identity: testIdentity(),
        storage: createMemoryStorage(),
      },
    })
    widget.open()
    await paintedWith(`Message ${count - 1} `)
    widget.close()
  },
  /** Brings all others, with the panel closed. */
  async load(): Promise<void> {
    while (widget.client.$conversation.get().hasOlder) await widget.client.loadOlder()
    while (!thread()?.querySelector('.long')) await new Promise((resolve) => requestAnimationFrame(resolve))
  },
  async open(): Promise<number> {
    const from = performance.now()
    widget.open()
    return (await paintedWith(`Message ${said - 1} `)) - from
  },
  async append(): Promise<number> {
    const from = performance.now()
    server.agentSays(`Message ${said} comes now.`)
    said++
    return (await paintedWith(`Message ${said - 1} `)) - from
  },
  /** Of the thread. */
  elements: (): number => thread()?.querySelectorAll('*').length ?? 0,
}

Object.assign(globalThis, { history_: historyPage })
