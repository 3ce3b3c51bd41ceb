import { expect, it, onTestFinished, vi } from 'vitest'
import { endPush } from './browser-push.js'

it('[O3] ends in the browser where the server cannot be told, to which its push service says so later', async () => {
  const unsubscribe = vi.fn(async () => true)
  const registration = {
    pushManager: { getSubscription: async () => ({ endpoint: 'https://push.example/1', unsubscribe }) },
  }
  const found = vi
    .spyOn(navigator.serviceWorker, 'getRegistration')
    .mockResolvedValue(registration as unknown as ServiceWorkerRegistration)
  onTestFinished(() => found.mockRestore())
  const panel = {
    options: { url: 'https://chat.example', widgetKey: 'wk_demo', serviceWorker: '/push.js' },
    client: {
      port: {
        options: { fetch: () => Promise.reject(new TypeError('offline')) },
        link: { url: 'https://chat.example' },
        session: { token: 'vs' },
      },
    },
  }
  await expect(endPush(panel as never)).rejects.toThrow('offline')
  expect(unsubscribe).toHaveBeenCalledOnce()
})
