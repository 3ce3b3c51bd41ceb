import { expect, it, vi } from 'vitest'
import { openChat, type PushScope, showPush } from './handle-push.js'

function testScope(pages: { focus(): Promise<unknown>; postMessage(message: unknown): void }[] = []) {
  const showNotification = vi.fn(async () => {})
  const openWindow = vi.fn(async () => {})
  const scope: PushScope = {
    registration: { scope: 'https://shop.example/', showNotification },
    clients: { matchAll: async () => pages, openWindow },
  }
  return { scope, showNotification, openWindow }
}

it('shows what was pushed, and nothing of which it is not the sender', async () => {
  const { scope, showNotification } = testScope()
  await showPush(scope, { json: () => ({ title: 'Acme', body: 'New message', tag: 'chatdesk_wk_demo' }) })
  expect(showNotification).toHaveBeenCalledExactlyOnceWith('Acme', { body: 'New message', tag: 'chatdesk_wk_demo' })
  for (const data of [
    null,
    { json: () => null },
    { json: () => ({ title: 'Sale!', body: 'Today only', tag: 'shop' }) },
    { json: () => ({ body: 'New message', tag: 'chatdesk_wk_demo' }) },
    {
      json() {
        throw new SyntaxError('no JSON')
      },
    },
  ])
    expect(showPush(scope, data)).toBeUndefined()
  expect(showNotification).toHaveBeenCalledOnce()
})

it('brings a page to the front and asks it for its chat, or opens one', async () => {
  const page = { focus: vi.fn(async () => {}), postMessage: vi.fn() }
  const notification = { tag: 'chatdesk_wk_demo', close: vi.fn() }
  await openChat(testScope([page]).scope, notification)
  expect(notification.close).toHaveBeenCalledOnce()
  expect(page.focus).toHaveBeenCalledOnce()
  expect(page.postMessage).toHaveBeenCalledExactlyOnceWith({ chatdesk: 'open', tag: 'chatdesk_wk_demo' })
  const { scope, openWindow } = testScope()
  await openChat(scope, notification)
  expect(openWindow).toHaveBeenCalledExactlyOnceWith('https://shop.example/')
  const other = { tag: 'shop', close: vi.fn() }
  expect(openChat(scope, other)).toBeUndefined()
  expect(other.close).not.toHaveBeenCalled()
})
