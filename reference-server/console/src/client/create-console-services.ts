import { createAgentClient } from '@chatdesk/core/agent'
import { createFileClient } from '@chatdesk/core/files'
import { createIndexedDbStorage } from '@chatdesk/core/indexed-db'
import type { CurrentMember } from '@chatdesk/protocol'
import { socketIoTransport } from '@chatdesk/transports/socket-io'
import { webSocketTransport } from '@chatdesk/transports/websocket'
import { createAdminApi } from '../api/admin-api.js'
import type { Send } from '../api/send.js'
import type { Session } from '../session/session.js'
import { createDirectory } from '../team/directory.js'
import { createDrafts } from '../thread/drafts.js'
import { createStagedFiles } from '../thread/files/staged-files.js'
import { attentionStore, clockStore } from './browser-stores.js'
import type { ConsoleServices } from './console-services.js'
import { createWakeSignals } from './wake-signals.js'

/** What a signed-in console is composed of. */
export interface ConsoleServicesOptions {
  /** The server's mount point, without a slash at its end. */
  url: string
  session: Session
  send: Send
  current: CurrentMember
  tabId: string
}

/** Composes everything behind a signed-in console. Nothing connects before `client.start`. */
export function createConsoleServices({ url, session, send, current, tabId }: ConsoleServicesOptions): ConsoleServices {
  const wakeSignals = createWakeSignals()
  const drafts = createDrafts(localStorage, current.member.id)
  const client = createAgentClient({
    url,
    getTicket: session.getTicket,
    transports: [webSocketTransport(), socketIoTransport()],
    storage: createIndexedDbStorage('chatdesk-console'),
    tabId,
    wakeSignals,
  })
  const files = createFileClient({
    url,
    audience: 'agent',
    getHeaders() {
      const state = session.$state.get()
      return state.status === 'signed-in' ? { 'x-chatdesk-csrf': state.current.csrfToken } : undefined
    },
    wakeSignals,
  })
  const admin = createAdminApi((call) => session.authorized((csrfToken) => send({ ...call, csrfToken })))
  client.$connection.listen((state) => {
    if (state.status === 'failed' && state.error.code === 'UNAUTHENTICATED') void session.load()
  })
  return {
    client,
    admin,
    directory: createDirectory(admin),
    current,
    serverUrl: url,
    previewUrl: `${url}/console/preview/`,
    drafts,
    files,
    stagedFiles: createStagedFiles(files),
    $now: clockStore(15_000),
    $attentive: attentionStore(),
    reconnect: wakeSignals.wake,
    async signOut() {
      await session.signOut()
      drafts.clear()
      files.dispose()
    },
    enter: session.enter,
  }
}
