import { callServer } from '@chatdesk/core/visitor-actions'
import type { PanelModel } from '../panel-model.js'

type PushPanel = Pick<PanelModel, 'client' | 'options' | 'texts'>

/** Whether the site has a service worker for it, and the browser knows of such things. */
function canPush({ serviceWorker }: PanelModel['options']): boolean {
  return !!serviceWorker && 'serviceWorker' in navigator && 'PushManager' in globalThis
}

/** Lets this browser take notifications while no page is open; harmless when it does already. */
export async function startPush(panel: PushPanel): Promise<void> {
  const { url, widgetKey, serviceWorker } = panel.options
  if (!canPush(panel.options)) return
  const registration = await navigator.serviceWorker.register(serviceWorker as string)
  const { fetch = globalThis.fetch } = panel.client.port.options
  const config = await fetch(`${url}/api/chat-widget/public/widget/${widgetKey}/config`, {
    credentials: 'omit',
  })
  const { pushKey } = await config.json()
  if (!pushKey) return
  await activated(registration)
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: pushKey,
  })
  const { endpoint, keys } = subscription.toJSON()
  await callServer(panel.client.port, '/push', {
    method: 'PUT',
    body: { endpoint, keys, label: panel.texts.notifyNew },
  })
}

/** Ends it, here and at the server. */
export async function endPush(panel: PushPanel): Promise<void> {
  if (!canPush(panel.options)) return
  const registration = await navigator.serviceWorker.getRegistration(panel.options.serviceWorker as string)
  const subscription = await registration?.pushManager.getSubscription()
  if (!subscription) return
  // Here first: a server that does not hear of it now is told by the push service (O3).
  await subscription.unsubscribe()
  await callServer(panel.client.port, '/push', { method: 'DELETE', body: { endpoint: subscription.endpoint } })
}

/** Calls when a notification of this widget was pressed. */
export function onPushPress({ widgetKey }: PanelModel['options'], listener: () => void): () => void {
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer }
  const hear = ({ data }: MessageEvent) => {
    if (data?.chatdesk === 'open' && data.tag === `chatdesk_${widgetKey}`) listener()
  }
  serviceWorker?.addEventListener('message', hear)
  return () => serviceWorker?.removeEventListener('message', hear)
}

/** Before, a browser subscribes nobody. */
async function activated({ installing, waiting, active }: ServiceWorkerRegistration): Promise<void> {
  const worker = active ?? waiting ?? installing
  if (!worker || worker.state === 'activated') return
  await new Promise<void>((resolve) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve()
    })
  })
}
