import type { ConnectionState } from '@chatdesk/core'
import { onPolicyViolation } from '../../launcher/host-page.js'
import type { leadership } from '../../mount/browser-shared-tabs.js'
import type { PanelModel } from '../panel-model.js'

/** Tells where the connection stands, who may be reached by it, and what is in its way. */
export function tellOfConnection({ client, events, options }: PanelModel): void {
  /** Whose proof has held on this page. */
  let proved: unknown

  function tell(state: ConnectionState): void {
    const { status } = state
    // What an attempt follows was told when it happened.
    const error = state.status === 'waiting' || state.status === 'failed' ? state.error : undefined
    const transport = status === 'online' ? { transport: state.transport } : {}
    events.emit('connection', { status, ...transport, ...(error && { code: error.code }) })
    const { user } = client.port.session
    if (status === 'online') {
      proved = user
      // The file is there already: the tabs share by it.
      if (client.$settings.get()?.tabs === 'shared') void followLeader().catch(() => {})
    }
    if (error?.code === 'RATE_LIMITED') events.emit('ratelimited', { retryAfterMs: error.retryAfterMs })
    if (error?.code === 'FORBIDDEN_ORIGIN') events.emit('blocked', { reason: 'domain' })
    if (status !== 'failed' || error?.code !== 'UNAUTHENTICATED' || !user) return
    const { code, field } = error
    events.emit(user === proved ? 'identity:expired' : 'identity:rejected', { code, field })
  }

  let $leader: ReturnType<typeof leadership>
  async function followLeader(): Promise<void> {
    const { leadership } = await import('../../mount/browser-shared-tabs.js')
    const $now = leadership(options.widgetKey)
    // Another session has other tabs.
    if (!$now || $now === $leader) return
    $leader = $now
    $now.subscribe((leader) => $now === $leader && events.emit('tab:leader', { leader }))
  }

  let availability = ''
  function tellAvailability(): void {
    const { open = true } = client.$settings.get() ?? {}
    const presence = client.$presence.get()
    if (!presence) return
    const now = { open, online: presence.online }
    if (JSON.stringify(now) === availability) return
    availability = JSON.stringify(now)
    events.emit('availability', now)
  }

  const state = client.$connection.get()
  if (state.status !== 'idle') tell(state)
  client.$connection.listen(tell)
  tellAvailability()
  client.$presence.listen(tellAvailability)
  client.$settings.listen(tellAvailability)
  client.on('error', ({ code, message, retryable }) => events.emit('error', { code, message, retryable }))
  const stop = onPolicyViolation((address, directive) => {
    if ([options.url, options.url.replace(/^http/, 'ws')].some((origin) => address.startsWith(origin)))
      events.emit('blocked', { reason: 'policy', directive })
  })
  const { dispose } = client
  client.dispose = () => {
    stop()
    return dispose()
  }
}
