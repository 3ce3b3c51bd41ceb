import type { PushPayload } from '@chatdesk/protocol'

/** What a service worker is asked for here, as far as it is used. */
export interface PushScope {
  readonly registration: {
    readonly scope: string
    showNotification(title: string, options: NotificationOptions): Promise<void>
  }
  readonly clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly PageOfSite[]>
    openWindow(url: string): Promise<unknown>
  }
}

interface PageOfSite {
  focus(): Promise<unknown>
  postMessage(message: unknown): void
}

/** What the worker says to a page whose notification was pressed: the tag names the widget. */
export interface OpenRequest {
  chatdesk: 'open'
  tag: string
}

/** Ours begin so; the site's own worker may have others. */
const TAG = /^chatdesk_/

/** Shows what was pushed; undefined where it is none of ours. */
export function showPush({ registration }: PushScope, data: { json(): unknown } | null): Promise<void> | undefined {
  const { title, body, tag } = payloadOf(data) ?? {}
  if (typeof title !== 'string' || typeof body !== 'string' || !TAG.test(`${tag}`)) return undefined
  return registration.showNotification(title, { body, tag: `${tag}` })
}

/** Brings a page of the site to the front, with its chat open; a new one where there is none. Undefined where it is none of ours. */
export function openChat(
  { clients, registration }: PushScope,
  notification: Pick<Notification, 'tag' | 'close'>,
): Promise<unknown> | undefined {
  const { tag } = notification
  if (!TAG.test(tag)) return undefined
  notification.close()
  return clients.matchAll({ type: 'window', includeUncontrolled: true }).then(async ([page]) => {
    if (!page) return clients.openWindow(registration.scope)
    await page.focus()
    page.postMessage({ chatdesk: 'open', tag } satisfies OpenRequest)
  })
}

function payloadOf(data: { json(): unknown } | null): Partial<PushPayload> | null {
  try {
    return data?.json() as Partial<PushPayload> | null
  } catch {
    return null
  }
}
