import { createMemoryStorage } from '@chatdesk/core'
import { createTestClient, createTestServer, testIdentity } from '@chatdesk/core/testing'
import type { WidgetHandle } from '@chatdesk/widget'
import { expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type Component, createApp, defineComponent, h, reactive } from 'vue'
import {
  type ChatDesk,
  ChatDeskBell,
  ChatDeskWidget,
  createChatDesk,
  useChatDesk,
  useChatDeskEvent,
  useConversation,
  useUnread,
} from './index.js'

function draw(component: Component, chatDesk: ChatDesk = createChatDesk()): () => void {
  const container = document.createElement('div')
  document.body.append(container)
  const app = createApp(component).use(chatDesk)
  app.mount(container)
  let drawn = true
  const end = () => {
    if (drawn) app.unmount()
    drawn = false
    container.remove()
  }
  onTestFinished(end)
  return end
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

it('mounts a widget, opens it, counts what is unread, and takes it along when it goes', async () => {
  const { server, options } = testOptions()
  const heard = vi.fn()
  server.startConversation()
  const Help = defineComponent(() => {
    const { open } = useChatDesk()
    const unread = useUnread()
    useChatDeskEvent('message', heard)
    return () => h('button', { onClick: open }, `Help (${unread.value})`)
  })
  const end = draw(() => [h(Help), h(ChatDeskWidget, { options })])
  await userEvent.click(page.getByRole('button', { name: 'Help (0)' }))
  await expect.element(page.getByRole('dialog', { name: 'Chat' })).toBeVisible()
  await expect.poll(() => server.connections).toBe(1)
  await userEvent.click(page.getByRole('button', { name: 'Minimise chat' }))
  server.agentSays('Hello')
  await expect.element(page.getByRole('button', { name: 'Help (1)' })).toBeVisible()
  expect(heard).toHaveBeenCalledOnce()
  end()
  expect(hosts()).toHaveLength(0)
  await expect.poll(() => server.connections).toBe(0)
})

it('changes the widget that stands, and mounts another for another visitor', async () => {
  const { options } = testOptions()
  const mounted: WidgetHandle[] = []
  const state = reactive<{ look: object }>({ look: { primaryColor: '#be123c' } })
  const onReady = (handle: WidgetHandle) => void mounted.push(handle)
  draw(() => h(ChatDeskWidget, { options: { ...options, ...state.look }, onReady }))
  await expect.poll(brand).toBe('#be123c')
  state.look = { primaryColor: '#0b5d4b' }
  await expect.poll(brand).toBe('#0b5d4b')
  expect(mounted).toHaveLength(1)
  state.look = { user: { token: 'signed-in' } }
  await expect.poll(() => mounted.length).toBe(2)
  expect(hosts()).toHaveLength(1)
})

it('fills the element of an inline panel', async () => {
  const { options } = testOptions()
  draw(() => h(ChatDeskWidget, { options: { ...options, mode: 'inline' }, class: 'support' }))
  await expect.element(page.getByRole('region', { name: 'Chat' })).toBeVisible()
  expect(hosts()[0]?.parentElement?.className).toBe('support')
})

it('serves a chat of one’s own, without a widget', async () => {
  const { client } = createTestClient()
  const Own = defineComponent(() => {
    const { timeline, connection, start, sendMessage } = useConversation()
    const send = async () => {
      await start()
      await sendMessage('Hello')
    }
    return () => h('button', { onClick: send }, `${connection.value.status}: ${timeline.value.length}`)
  })
  draw(Own, createChatDesk({ client }))
  await userEvent.click(page.getByRole('button', { name: 'idle: 0' }))
  await expect.element(page.getByRole('button', { name: 'online: 1' })).toBeVisible()
  expect(hosts()).toHaveLength(0)
  await client.dispose()
})

it('has a bell that counts what is unread, and opens the panel', async () => {
  const { server, options } = testOptions()
  server.startConversation()
  const mounted: WidgetHandle[] = []
  const onReady = (handle: WidgetHandle) => void mounted.push(handle)
  draw(defineComponent(() => () => [h(ChatDeskWidget, { options, onReady }), h(ChatDeskBell, { locale: 'en' })]))
  const inHeader = () => document.querySelector('chat-desk-bell')?.shadowRoot?.querySelector('button')
  await expect.poll(() => mounted.length).toBe(1)
  await mounted[0]?.client.start()
  server.agentSays('Hello')
  await expect.poll(() => inHeader()?.getAttribute('aria-label')).toBe('Open chat, 1 unread message')
  await userEvent.click(inHeader() as HTMLElement)
  await expect.element(page.getByRole('dialog', { name: 'Chat' })).toBeVisible()
})
