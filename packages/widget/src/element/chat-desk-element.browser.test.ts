import { createMemoryStorage } from '@chatdesk/core'
import { createTestServer, testIdentity } from '@chatdesk/core/testing'
import { expect, it, onTestFinished, vi } from 'vitest'
import { page } from 'vitest/browser'
import '../element.js'
import { type ChatDeskElement, defineChatDeskElement } from './browser-chat-desk-element.js'

/** A `<chat-desk>` that talks to a server in memory. */
function place(attributes: Record<string, string> = {}) {
  const server = createTestServer()
  const element = document.createElement('chat-desk') as ChatDeskElement
  const { transport, fetch } = server
  const storage = createMemoryStorage()
  element.client = { transports: [transport], fetch, identity: testIdentity(), storage, random: () => 0 }
  const all = { url: 'https://chat.example', 'widget-key': 'wk_demo', ...attributes }
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value)
  document.body.append(element)
  onTestFinished(() => element.remove())
  return { element, server }
}

const hosts = () => document.querySelectorAll('chatdesk-widget')
const brand = () => getComputedStyle(hosts()[0] as Element).getPropertyValue('--chatdesk-brand')

it('is a widget for as long as it is on the page, and may be moved on it', async () => {
  const { element } = place({ 'primary-color': '#be123c' })
  const opened = vi.fn()
  element.addEventListener('chatdesk-open', opened)
  await expect.poll(() => element.handle).toBeDefined()
  const { handle } = element
  expect(brand()).toBe('#be123c')
  handle?.open()
  await expect.poll(() => opened).toHaveBeenCalledOnce()
  const section = document.createElement('section')
  document.body.append(section)
  onTestFinished(() => section.remove())
  section.append(element)
  element.setAttribute('primary-color', '#0b5d4b')
  await expect.poll(brand).toBe('#0b5d4b')
  expect(element.handle).toBe(handle)
  element.remove()
  await expect.poll(() => hosts().length).toBe(0)
  expect(element.handle).toBeUndefined()
})

it('takes a theme with tokens as a property', async () => {
  const { element } = place()
  element.theme = { mode: 'light', tokens: { brand: '#123456' } }
  await expect.poll(() => hosts().length && brand()).toBe('#123456')
})

it('is filled by an inline panel', async () => {
  const { element } = place({ mode: 'inline' })
  await expect.element(page.getByRole('region', { name: 'Chat' })).toBeVisible()
  expect(hosts()[0]?.parentElement).toBe(element)
})

it('waits for what a widget needs, and takes properties that were set before it was known', async () => {
  const element = document.createElement('chat-desk') as ChatDeskElement
  document.body.append(element)
  onTestFinished(() => element.remove())
  await Promise.resolve()
  expect([element.handle, hosts().length]).toEqual([undefined, 0])
  element.setAttribute('url', 'https://chat.example')
  element.setAttribute('widget-key', 'wk_demo')
  element.setAttribute('auto-open', 'false')
  await expect.poll(() => hosts().length).toBe(1)
})

it('is defined once', () => {
  const before = customElements.get('chat-desk')
  defineChatDeskElement()
  expect(customElements.get('chat-desk')).toBe(before)
})
