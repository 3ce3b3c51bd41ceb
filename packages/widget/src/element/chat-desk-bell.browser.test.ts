import { createMemoryStorage } from '@chatdesk/core'
import { createTestServer, testIdentity } from '@chatdesk/core/testing'
import axe from 'axe-core'
import { expect, it, onTestFinished } from 'vitest'
import { page, server as runner, userEvent } from 'vitest/browser'
import '../element.js'
import type { ChatDeskBellElement } from './browser-chat-desk-bell.js'
import type { ChatDeskElement } from './browser-chat-desk-element.js'

function place<T extends HTMLElement>(name: string, attributes: Record<string, string> = {}): T {
  const element = document.createElement(name) as T
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  document.body.append(element)
  onTestFinished(() => element.remove())
  return element
}

/** A `<chat-desk>` that talks to a server in memory, with a conversation. */
function placeChat(id: string) {
  const server = createTestServer()
  server.startConversation()
  const chat = place<ChatDeskElement>('chat-desk', { id })
  const { transport, fetch } = server
  const storage = createMemoryStorage()
  chat.client = { transports: [transport], fetch, identity: testIdentity(), storage, random: () => 0 }
  chat.setAttribute('widget-key', 'wk_demo')
  chat.setAttribute('url', 'https://chat.example')
  return { chat, server }
}

const inside = (bell: Element) => bell.shadowRoot?.querySelector('button') as HTMLButtonElement
const labelOf = (bell: Element) => inside(bell).getAttribute('aria-label')

it('counts what is unread, says so in its name, and opens the panel', async () => {
  const { chat, server } = placeChat('help')
  const bell = place('chat-desk-bell', { locale: 'en' })
  await expect.poll(() => chat.handle).toBeDefined()
  await chat.handle?.client.start()
  expect(labelOf(bell)).toBe('Open chat')
  expect(inside(bell).textContent).toBe('')
  server.agentSays('Hello')
  await expect.poll(() => labelOf(bell)).toBe('Open chat, 1 unread message')
  expect(inside(bell).textContent).toBe('1')
  expect((await axe.run(bell, { rules: { region: { enabled: false } } })).violations).toEqual([])
  await userEvent.click(inside(bell))
  await expect.element(page.getByRole('dialog', { name: 'Chat' })).toBeVisible()
  await expect.poll(() => labelOf(bell)).toBe('Open chat')
})

it('speaks the page’s language, and rings for the chat that it is told of', async () => {
  placeChat('one')
  const other = placeChat('two')
  await expect.poll(() => other.chat.handle).toBeDefined()
  await other.chat.handle?.client.start()
  other.server.agentSays('Hallo')
  const bell = place('chat-desk-bell', { locale: 'de' })
  await expect.poll(() => labelOf(bell)).toBe('Chat öffnen')
  bell.setAttribute('for', 'two')
  await expect.poll(() => labelOf(bell)).toBe('Chat öffnen, 1 ungelesene Nachricht')
  bell.setAttribute('locale', 'en')
  await expect.poll(() => labelOf(bell)).toBe('Open chat, 1 unread message')
})

it('rings for what it is given, and for nothing where there is no chat', async () => {
  const bell = place<ChatDeskBellElement>('chat-desk-bell', { locale: 'en' })
  await userEvent.click(inside(bell))
  expect(labelOf(bell)).toBe('Open chat')
  let opened = 0
  bell.source = { unread: { get: () => 120, listen: () => () => {} }, open: () => void opened++ }
  expect(inside(bell).textContent).toBe('99+')
  await userEvent.click(inside(bell))
  expect(opened).toBe(1)
})

it('stands beside its chat as the README writes the two', async () => {
  const readme = await runner.commands.readFile('README.md')
  const [, example = ''] = /```html\n(<header>.*?)```/s.exec(readme) ?? []
  const shop = place('div')
  shop.innerHTML = example
  const bell = shop.querySelector('chat-desk-bell') as Element
  const chat = shop.querySelector('chat-desk') as ChatDeskElement
  await expect.poll(() => chat.handle).toBeDefined()
  inside(bell).click()
  await expect.element(page.getByRole('dialog', { name: 'Chat' })).toBeVisible()
  const launcher = page.getByRole('button', { name: 'Close chat' }).first().element()
  expect(getComputedStyle(launcher).backgroundColor).toBe('rgb(11, 93, 75)')
  expect(launcher.getBoundingClientRect().left).toBeLessThan(innerWidth / 2)
})
