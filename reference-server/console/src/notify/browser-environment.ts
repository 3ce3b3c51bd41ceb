import type { PushAddress } from '../api/notifications-api.js'
import { createBrowserChime } from './browser-chime.js'
import type { NotifyEnvironment, Permission } from './notify-environment.js'
import { WORKER_URL } from './worker-url.js'

/** As the worker's notifications are named, so that a push and the console's own are one. */
const tagOf = (conversationId: string) => `chatdesk-console_${conversationId}`

/** The real browser. */
export function createBrowserEnvironment(): NotifyEnvironment {
  const permission = (): Permission => ('Notification' in window ? Notification.permission : 'unsupported')
  const workers = () => ('serviceWorker' in navigator && 'PushManager' in window ? navigator.serviceWorker : undefined)
  const subscription = async () => {
    const registration = await workers()?.getRegistration()
    const worker = registration?.active ?? registration?.waiting ?? registration?.installing
    // Before the console has a worker, this is whichever else has the whole origin: the site's, with the site's subscription.
    if (worker?.scriptURL !== new URL(WORKER_URL, document.baseURI).href) return null
    return (await registration?.pushManager.getSubscription()) ?? null
  }
  return {
    chime: createBrowserChime(),
    permission,
    askPermission: async () => ('Notification' in window ? Notification.requestPermission() : 'unsupported'),
    show({ conversationId, title, body }, open) {
      if (permission() !== 'granted') return
      try {
        const notification = new Notification(title, { body, tag: tagOf(conversationId), silent: true })
        notification.onclick = () => {
          window.focus()
          open()
          notification.close()
        }
      } catch {
        // Android shows those of workers only.
      }
    },
    push: {
      current: async () => (await subscription())?.endpoint ?? null,
      async subscribe(serverKey) {
        const worker = await workers()?.register(WORKER_URL)
        if (!worker) throw new Error('This browser takes no push.')
        await navigator.serviceWorker.ready
        const options = { userVisibleOnly: true, applicationServerKey: serverKey }
        return worker.pushManager.subscribe(options).then(
          (made) => made.toJSON() as PushAddress,
          // One that was made with another server's key.
          async (error) => {
            const old = await worker.pushManager.getSubscription()
            if (!old) throw error
            await old.unsubscribe()
            return (await worker.pushManager.subscribe(options)).toJSON() as PushAddress
          },
        )
      },
      async unsubscribe() {
        await (await subscription())?.unsubscribe()
      },
      onOpen(listener) {
        const hear = ({ data }: MessageEvent<{ chatdesk?: string; conversationId?: string } | null>) => {
          if (data?.chatdesk === 'conversation' && data.conversationId !== undefined) listener(data.conversationId)
        }
        const source = workers()
        source?.addEventListener('message', hear)
        return () => source?.removeEventListener('message', hear)
      },
    },
  }
}
