import { createAgentClient } from '@chatdesk/core/agent'
import { createFileClient } from '@chatdesk/core/files'
import { createIndexedDbStorage, indexedDbKeys } from '@chatdesk/core/indexed-db'
import type { CurrentMember } from '@chatdesk/protocol'
import { socketIoTransport } from '@chatdesk/transports/socket-io'
import { webSocketTransport } from '@chatdesk/transports/websocket'
import { atom } from 'nanostores'
import { createAdminApi } from '../api/admin-api.js'
import type { Send } from '../api/send.js'
import { createInboxChoice } from '../inbox/inbox-choice.js'
import type { NotifyEnvironment } from '../notify/notify-environment.js'
import type { Session } from '../session/session.js'
import { createDirectory } from '../team/directory.js'
import { createDrafts } from '../thread/drafts.js'
import { createStagedFiles } from '../thread/files/staged-files.js'
import { attentionStore, clockStore } from './browser-stores.js'
import type { ConsoleServices } from './console-services.js'
import { whileTabIsGone } from './tab-id.js'
import { createWakeSignals } from './wake-signals.js'

/** Of this origin, where what agents have not sent yet is kept. */
const DATABASE = 'chatdesk-console'

/** What a signed-in console is composed of. */
export interface ConsoleServicesOptions {
  /** The server's mount point, without a slash at its end. */
  url: string
  session: Session
  send: Send
  current: CurrentMember
  tabId: string
  notify: NotifyEnvironment
}

/** Composes everything behind a signed-in console. Nothing connects before `client.start`. */
export function createConsoleServices(options: ConsoleServicesOptions): ConsoleServices {
  const { url, session, send, current, tabId, notify } = options
  const wakeSignals = createWakeSignals()
  const drafts = createDrafts(localStorage, current.member.id)
  const client = createAgentClient({
    url,
    getTicket: session.getTicket,
    transports: [webSocketTransport(), socketIoTransport()],
    storage: createIndexedDbStorage(DATABASE),
    account: `${current.organization.id}/${current.member.id}`,
    otherTabs: {
      keys: () => indexedDbKeys(DATABASE),
      whileGone: (id, run) => whileTabIsGone(id, run, navigator.locks),
    },
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
    $inboxChoice: createInboxChoice(),
    drafts,
    files,
    stagedFiles: createStagedFiles(files),
    $now: clockStore(15_000),
    $attentive: attentionStore(),
    $notifications: atom(null),
    $mentions: atom(new Set()),
    notify,
    reconnect: wakeSignals.wake,
    async countUnsent() {
      // What cannot be read cannot be lost by signing out.
      return { messages: await client.countUnsent().catch(() => 0), drafts: drafts.count() }
    },
    async signOut() {
      await session.signOut()
      drafts.clear()
      await client.forgetUnsent().catch(() => undefined)
      files.dispose()
    },
    enter: session.enter,
  }
}
