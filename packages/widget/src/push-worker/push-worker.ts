import { openChat, type PushScope, showPush } from './handle-push.js'

/** What a site's service worker brings in with `importScripts`: notifications while no page of the site is open. */

interface PushEvents extends PushScope {
  addEventListener(
    type: 'push' | 'notificationclick',
    listener: (event: {
      data: { json(): unknown } | null
      notification: Notification
      waitUntil(done: Promise<unknown> | undefined): void
    }) => void,
  ): void
}

const scope = globalThis as unknown as PushEvents

scope.addEventListener('push', (event) => event.waitUntil(showPush(scope, event.data)))
scope.addEventListener('notificationclick', (event) => event.waitUntil(openChat(scope, event.notification)))
