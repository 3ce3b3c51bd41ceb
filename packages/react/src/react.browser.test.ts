import { createMemoryStorage } from '@chatdesk/core'
import { createTestClient, createTestServer, testIdentity } from '@chatdesk/core/testing'
import type { WidgetHandle } from '@chatdesk/widget'
import { createElement, type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import {
  ChatDeskBell,
  ChatDeskProvider,
  ChatDeskWidget,
  type ChatDeskWidgetProps,
  useChatDesk,
  useChatDeskEvent,
  useConversation,
  useUnread,
} from './index.js'

/** Draws an app; again when called again. */
function drawer() {
  const container = document.createElement('div')
  document.body.append(container)
  const root = createRoot(container)
  onTestFinished(() => {
    root.unmount()
    container.remove()
  })
  return (app: ReactNode) => root.render(createElement(StrictMode, {}, app))
}

/** Options of a widget that talks to a server in memory. */
function testOptions() {
  const server = createTestServer()
  const { transport, fetch } = server
  const storage = createMemoryStorage()
  const client = { transports: [transport], fetch, identity: testIdentity(), storage, random: () => 0 }
  return { server, options: { url: 'https://chat.example', widgetKey: 'wk_demo', client } }
}

const hosts = () => document.querySelectorAll('chatdesk-widget')
const brand = () => getComputedStyle(hosts()[0] as Element).getPropertyValue('--chatdesk-brand')

function Help({ onMessage }: { onMessage: ((text: unknown) => void) | undefined }) {
  const { open } = useChatDesk()
  useChatDeskEvent('message', (message) => onMessage?.(message))
  return createElement('button', { type: 'button', onClick: open }, `Help (${useUnread()})`)
}
const app = (props: ChatDeskWidgetProps, onMessage?: (text: unknown) => void) =>
  createElement(ChatDeskProvider, {}, createElement(ChatDeskWidget, props), createElement(Help, { onMessage }))

it('mounts one widget in strict mode, opens it, counts what is unread, and takes it along when it goes', async () => {
  const { server, options } = testOptions()
  const draw = drawer()
  const heard = vi.fn()
  server.startConversation()
  draw(app(options, heard))
  await userEvent.click(page.getByRole('button', { name: 'Help (0)' }))
  await expect.element(page.getByRole('dialog', { name: 'Chat' })).toBeVisible()
  expect(hosts()).toHaveLength(1)
  await expect.poll(() => server.connections).toBe(1)
  await userEvent.click(page.getByRole('button', { name: 'Minimise chat' }))
  server.agentSays('Hello')
  await expect.element(page.getByRole('button', { name: 'Help (1)' })).toBeVisible()
  expect(heard).toHaveBeenCalledOnce()
  draw(null)
  await expect.poll(() => hosts().length).toBe(0)
  await expect.poll(() => server.connections).toBe(0)
})

it('changes the widget that stands, and mounts another for another visitor', async () => {
  const { options } = testOptions()
  const draw = drawer()
  const mounted: WidgetHandle[] = []
  const props = { ...options, onReady: (handle: WidgetHandle) => void mounted.push(handle) }
  draw(app({ ...props, primaryColor: '#be123c' }))
  await expect.poll(brand).toBe('#be123c')
  const before = mounted.length
  draw(app({ ...props, primaryColor: '#0b5d4b' }))
  await expect.poll(brand).toBe('#0b5d4b')
  expect(mounted).toHaveLength(before)
  draw(app({ ...props, primaryColor: '#0b5d4b', user: { token: 'signed-in' } }))
  await expect.poll(() => mounted.length).toBe(before + 1)
  expect(hosts()).toHaveLength(1)
})

it('W4: gives every command as a function, and the records of every event', async () => {
  // Where the panel covers the whole page, a press beside it is a race with its coming.
  await page.viewport(900, 700)
  const { server, options } = testOptions()
  const sent = vi.fn()
  function Order() {
    const { sendMessage, toggle } = useChatDesk()
    useChatDeskEvent('message:sent', ({ data }) => sent(data.message.parts))
    const order = async () => {
      const { seq } = await sendMessage('I want to order')
      sent(seq)
    }
    return [
      createElement('button', { key: 1, type: 'button', onClick: order }, 'Order'),
      createElement('button', { key: 2, type: 'button', onClick: toggle }, 'Toggle'),
    ]
  }
  drawer()(createElement(ChatDeskProvider, {}, createElement(ChatDeskWidget, options), createElement(Order)))
  await userEvent.click(page.getByRole('button', { name: 'Order' }))
  await expect.poll(() => sent.mock.calls).toContainEqual([1])
  await expect.poll(() => sent.mock.calls).toContainEqual([[{ type: 'text', text: 'I want to order' }]])
  expect(server.log().events).toHaveLength(1)
  const isOpen = () => hosts()[0]?.shadowRoot?.querySelector('dialog')?.open
  for (const open of [true, false]) {
    await userEvent.click(page.getByRole('button', { name: 'Toggle' }))
    await expect.poll(isOpen).toBe(open)
  }
})

it('fills the element of an inline panel', async () => {
  const { options } = testOptions()
  drawer()(app({ ...options, mode: 'inline', className: 'support' }))
  await expect.element(page.getByRole('region', { name: 'Chat' })).toBeVisible()
  expect(hosts()[0]?.parentElement?.className).toBe('support')
})

it('serves a chat of one’s own, without a widget', async () => {
  const { client, server } = createTestClient()
  function Own() {
    const { timeline, connection, start, sendMessage } = useConversation()
    const send = async () => {
      await start()
      await sendMessage('Hello')
    }
    return createElement('button', { type: 'button', onClick: send }, `${connection.status}: ${timeline.length}`)
  }
  drawer()(createElement(ChatDeskProvider, { client }, createElement(Own)))
  await userEvent.click(page.getByRole('button', { name: 'idle: 0' }))
  await expect.element(page.getByRole('button', { name: 'online: 1' })).toBeVisible()
  expect(hosts()).toHaveLength(0)
  await client.dispose()
  expect(server.connections).toBe(0)
})

it('has a bell that counts what is unread, and opens the panel', async () => {
  const { server, options } = testOptions()
  server.startConversation()
  const mounted: WidgetHandle[] = []
  const widget = createElement(ChatDeskWidget, { ...options, onReady: (handle) => void mounted.push(handle) })
  const bell = createElement(ChatDeskBell, { className: 'in-the-menu', locale: 'en' })
  drawer()(createElement(ChatDeskProvider, {}, widget, bell))
  const inHeader = () => document.querySelector('chat-desk-bell.in-the-menu')?.shadowRoot?.querySelector('button')
  await expect.poll(() => mounted.length).toBeGreaterThan(0)
  await mounted.at(-1)?.client.start()
  server.agentSays('Hello')
  await expect.poll(() => inHeader()?.getAttribute('aria-label')).toBe('Open chat, 1 unread message')
  await userEvent.click(inHeader() as HTMLElement)
  await expect.element(page.getByRole('dialog', { name: 'Chat' })).toBeVisible()
})
