import { createAgentClient } from '@chatdesk/core/agent'
import type { CurrentMember } from '@chatdesk/protocol'
import { socketIoTransport } from '@chatdesk/transports/socket-io'
import { webSocketTransport } from '@chatdesk/transports/websocket'
import type { Session } from '../session/session.js'
import { createDrafts } from '../thread/drafts.js'
import { attentionStore, clockStore } from './browser-stores.js'
import type { ConsoleServices } from './console-services.js'
import { createWakeSignals } from './wake-signals.js'

/** Composes everything behind a signed-in console. Nothing connects before `client.start`. */
export function createConsoleServices(url: string, session: Session, current: CurrentMember): ConsoleServices {
  const wakeSignals = createWakeSignals()
  const drafts = createDrafts(localStorage, current.member.id)
  const client = createAgentClient({
    url,
    getTicket: session.getTicket,
    transports: [webSocketTransport(), socketIoTransport()],
    wakeSignals,
  })
  client.$connection.listen((state) => {
    if (state.status === 'failed' && state.error.code === 'UNAUTHENTICATED') session.expire()
  })
  return {
    client,
    current,
    drafts,
    $now: clockStore(15_000),
    $attentive: attentionStore(),
    reconnect: wakeSignals.wake,
    async signOut() {
      await session.signOut()
      drafts.clear()
    },
  }
}
