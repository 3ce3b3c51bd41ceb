import type { NotifyEnvironment, Permission } from '../notify/notify-environment.js'

/** A browser that writes down what it is told; `calls` says what. It grants what it is asked for. */
export function createFakeNotify(calls: string[]): NotifyEnvironment {
  let permission: Permission = 'default'
  let endpoint: string | null = null
  return {
    chime: () => void calls.push('chime'),
    permission: () => permission,
    async askPermission() {
      permission = 'granted'
      return permission
    },
    show: ({ title, body }) => void calls.push(`show ${title}: ${body}`),
    push: {
      current: async () => endpoint,
      async subscribe() {
        endpoint = 'https://push.example/1'
        return { endpoint, keys: { p256dh: 'key', auth: 'auth' } }
      },
      async unsubscribe() {
        endpoint = null
      },
      onOpen: () => () => {},
    },
  }
}
