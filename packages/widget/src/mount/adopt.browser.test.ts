import { createIndexedDbStorage, eraseIndexedDb } from '@chatdesk/core/indexed-db'
import { createTestClient } from '@chatdesk/core/testing'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { WidgetOptions } from '../widget-options.js'
import { adopt } from './adopt.js'

const KEY = 'chatdesk/outbox/wk_demo/tab-that-is-gone'
const left = JSON.stringify([
  [
    'visitor',
    {
      conversationId: 'c-1',
      sendToken: 'vo_secret',
      entries: [{ clientMessageId: 'a', parts: [{ type: 'text', text: 'a' }], createdAt: new Date().toISOString() }],
    },
  ],
])
const { client } = createTestClient()

it('threat 83: reads nothing when consent has been withdrawn since it was called for', async () => {
  const open = vi.spyOn(indexedDB, 'open')
  onTestFinished(() => open.mockRestore())
  await adopt({ url: 'https://chat.example', widgetKey: 'wk_demo', consent: 'required' }, client).catch(() => {})
  expect(open).not.toHaveBeenCalled()
})

it('threat 83: touches nothing more when consent is withdrawn meanwhile', async () => {
  const options: WidgetOptions = { url: 'https://chat.example', widgetKey: 'wk_demo' }
  await createIndexedDbStorage().set(KEY, left)
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
  const fetch = vi.spyOn(window, 'fetch').mockImplementation(async () => {
    options.consent = 'required'
    transaction.mockClear()
    return new Response('{}', { status: 503 })
  })
  onTestFinished(async () => {
    vi.restoreAllMocks()
    await eraseIndexedDb()
  })
  await adopt(options, client).catch(() => {})
  expect(fetch).toHaveBeenCalledOnce()
  expect(transaction).not.toHaveBeenCalled()
})
