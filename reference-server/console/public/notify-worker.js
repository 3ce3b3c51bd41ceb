// Shows what the server pushes to a member while no console is looked at, and opens the conversation that is pressed.
const TAG = /^chatdesk-console_/

const read = (data) => {
  try {
    return data?.json() ?? {}
  } catch {
    return {}
  }
}
// The whole origin's windows come, the site's and the console's preview of a widget among them.
const consoles = async () =>
  (await self.clients.matchAll({ type: 'window', includeUncontrolled: true })).filter(
    ({ url, frameType }) => frameType === 'top-level' && url.startsWith(self.registration.scope),
  )

self.addEventListener('push', (event) => {
  const { title, body, tag, conversationId } = read(event.data)
  if (typeof title !== 'string' || !TAG.test(tag)) return
  const show = async () => {
    // Whoever looks at the console sees it there.
    if ((await consoles()).some(({ visibilityState, focused }) => visibilityState === 'visible' && focused)) return
    await self.registration.showNotification(title, { body, tag, data: { conversationId } })
  }
  event.waitUntil(show())
})

self.addEventListener('notificationclick', (event) => {
  const { tag, data } = event.notification
  if (!TAG.test(tag)) return
  event.notification.close()
  const open = async () => {
    const { conversationId } = data
    const [first] = await consoles()
    if (!first) return self.clients.openWindow(`${self.registration.scope}#/conversations/${conversationId}`)
    await first.focus()
    first.postMessage({ chatdesk: 'conversation', conversationId })
  }
  event.waitUntil(open())
})
