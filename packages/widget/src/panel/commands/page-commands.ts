import { ChatError } from '@chatdesk/protocol'
import { APP_COMMANDS } from '../../sdk/command-names.js'
import { LIVE_OPTIONS } from '../../widget-options.js'
import { warnOfInvalid } from '../invalid-options.js'
import type { CommandContext, Commanding } from './command-table.js'
import { intercept } from './intercept.js'
import { pauses } from './pauses.js'
import { setLocale } from './set-locale.js'
import { visibility } from './visibility.js'

/** What a page says to its widget as a whole. */
export function pageCommands({
  panel,
  actions,
}: CommandContext): Commanding<
  | 'init'
  | 'ready'
  | 'on'
  | 'once'
  | 'off'
  | 'update'
  | 'inline'
  | 'get'
  | 'use'
  | 'start'
  | 'pause'
  | 'logout'
  | 'shutdown'
  | 'diagnose'
> {
  const { client, events, options } = panel
  const { isHidden, show, hide } = visibility(panel)
  const { pause, resume, isPaused } = pauses(panel)

  async function update(changes: object): Promise<void> {
    warnOfInvalid(changes)
    const given = changes as Partial<typeof options>
    for (const name of LIVE_OPTIONS) if (Object.hasOwn(given, name)) Object.assign(options, { [name]: given[name] })
    panel.applyOptions()
    if (Object.hasOwn(given, 'locale')) await setLocale(panel, given.locale)
  }

  return {
    async init(given) {
      await update(given)
      if (!isPaused() && !isHidden()) return
      // As on a new page: from the visitor's first touch on.
      resume('touch')
      show()
    },
    ready: async (listener) => void (await events.ready(listener)),
    on: (type, listener) => events.on(type, listener),
    once: (type, listener) => events.once(type, listener),
    off: (type, listener) => events.off(type, listener),
    update,
    inline: async (target) => (await import('../inline.js')).standInline(panel, target),
    get(what) {
      const { open = true } = client.$settings.get() ?? {}
      const online = client.$presence.get()?.online ?? false
      const { session, conversation } = client.port
      const snapshots = {
        state: () => (isHidden() ? 'hidden' : panel.open ? 'open' : 'closed'),
        unread: () => client.$unreadCount.get(),
        availability: () => ({ open, online }),
        connection: () => client.$connection.get().status,
        identity: () => ({ verified: !!session.user && !!session.sendToken }),
        visitorId: () => conversation.state().self.id,
        conversation: () => client.$conversation.get(),
        capabilities: () => APP_COMMANDS,
      } as const
      if (!Object.hasOwn(snapshots, what)) throw new ChatError('NOT_SUPPORTED', `nothing to get by "${what}"`)
      return snapshots[what]() as never
    },
    use: (name, interceptor) => intercept(panel, name, interceptor),
    async start() {
      resume()
      await client.start()
    },
    pause,
    async logout() {
      await actions.logout()
      events.emit('identity:changed', { verified: false })
    },
    async shutdown() {
      // Without a connection nobody would wait for the next one's.
      const loggedOut = actions.logout()
      hide()
      await pause()
      events.emit('identity:changed', { verified: false })
      await loggedOut
    },
    diagnose: async () => (await import('../diagnose.js')).diagnose(panel),
  }
}
