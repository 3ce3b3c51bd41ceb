import { createMemoryStorage } from '@chatdesk/core'
import { createTestServer, testIdentity } from '@chatdesk/core/testing'
import { expect, it, onTestFinished } from 'vitest'
import type { PanelHandle, PanelModule } from '../launcher/panel-port.js'
import { createBrowserClient } from '../mount/create-browser-client.js'
import { createPanelView } from '../panel/create-panel-view.js'
import type { AnyEvent } from '../sdk/event-data.js'
import { ENGLISH } from '../text/load-language.js'
import { createLoader } from './create-loader.js'

/** A page that shows one widget after another, each with a server of its own. */
function loadedPage() {
  const panels: PanelHandle[] = []
  const servers: ReturnType<typeof createTestServer>[] = []
  const module: PanelModule = {
    createPanel(context) {
      const server = createTestServer()
      const client = createBrowserClient(context.options, [server.transport], {
        fetch: server.fetch,
        identity: testIdentity(`tab-0000000${panels.length + 1}`),
        storage: createMemoryStorage(),
      })
      const view = createPanelView(client, context, ENGLISH)
      servers.push(server)
      panels.push(view)
      return {
        ...view,
        destroy() {
          view.destroy()
          void client.dispose()
        },
      }
    },
  }
  const push = createLoader({ panelFolder: 'widget' }, async () => module)
  onTestFinished(() => void push(['destroy']))
  const show = (widgetKey: string) => push(['init', { url: 'https://chat.example', widgetKey, consent: 'required' }])
  return { push, show, panels, servers }
}

it('tells of the widget that stands, and nothing of the one before it', async () => {
  const { push, show, panels } = loadedPage()
  show('wk_first')
  await push(['get', 'state'])
  show('wk_demo')
  await push(['get', 'state'])
  const told: AnyEvent[] = []
  push(['on', '*', (event: AnyEvent) => told.push(event)])
  await push(['start'])
  await expect.poll(() => told.map(({ type }) => type)).toContain('connection')
  await push(['open'])
  await expect.poll(() => told.map(({ type }) => type)).toContain('open')
  expect(told.filter(({ type }) => type === 'ready')).toHaveLength(1)
  const { tabId } = panels[1]?.client.port.session ?? {}
  expect(told.at(-1)?.tabId).toBe(tabId)
})

it('asks whom the page has put in the way for the widget that follows as well', async () => {
  const { push, show, panels, servers } = loadedPage()
  show('wk_first')
  await push(['use', 'beforeSend', () => false])
  await push(['use', 'beforeOpen', () => true])
  show('wk_demo')
  await push(['open'])
  await expect.poll(() => push(['get', 'state'])).toBe('open')
  await expect(push(['sendMessage', '4111 1111 1111 1111'])).rejects.toMatchObject({ code: 'ABORTED' })
  expect(panels[1]?.client.$timeline.get()).toEqual([])
  expect(servers).toHaveLength(2)
})
