import type { CurrentMember, MemberRole } from '@chatdesk/protocol'
import { atom, type WritableAtom } from 'nanostores'
import type { AdminApi } from '../api/admin-api.js'
import type { EntryApi } from '../api/entry-api.js'
import type { ConsoleServices } from '../client/console-services.js'
import { createInboxChoice } from '../inbox/inbox-choice.js'
import type { Session, SessionState } from '../session/session.js'
import { createDirectory } from '../team/directory.js'
import { createDrafts, type Drafts } from '../thread/drafts.js'
import { createStagedFiles } from '../thread/files/staged-files.js'
import { createFakeAdmin } from './fake-admin-api.js'
import { createFakeAgentClient, type FakeAgentClient } from './fake-agent-client.js'
import { createFakeFiles, type FakeFiles } from './fake-files.js'
import { createFakeNotify } from './fake-notify.js'
import { SAMPLE_NOW, sampleInbox, sampleMember, sampleTimeline } from './sample-data.js'

/** Everything that a console stands on, in the hands of a test. */
export interface FakeConsole {
  session: Session & { readonly $state: WritableAtom<SessionState> }
  services: ConsoleServices
  client: FakeAgentClient
  drafts: Drafts
  files: FakeFiles
  $attentive: WritableAtom<boolean>
  /** What can be asked of the administration; a test may replace any of it. */
  admin: AdminApi
  entry: EntryApi
  calls: string[]
}

/** A signed-in console with a normal day's inbox, and `sampleTimeline` in its first row. */
export function createFakeConsole({
  role = 'agent',
  visiting,
}: {
  role?: MemberRole
  visiting?: { reason: string }
} = {}): FakeConsole {
  const client = createFakeAgentClient()
  const inbox = sampleInbox()
  client.$inbox.set(inbox)
  for (const row of inbox) {
    const { $conversation } = client.conversation(row.id)
    $conversation.set({ ...$conversation.get(), status: row.status, agent: row.agent })
  }
  client.conversation(inbox[0]?.id ?? '').$timeline.set(sampleTimeline())
  const calls: string[] = []
  const current: CurrentMember = { ...sampleMember(role), ...(visiting ? { visiting } : {}) }
  const { api: admin, entry } = createFakeAdmin(calls, client)
  const files = createFakeFiles()
  const $attentive = atom(true)
  const drafts = createDrafts(localStorage, current.member.id)
  const $state = atom<SessionState>({ status: 'signed-in', current })
  return {
    session: {
      $state,
      load: async () => undefined,
      signIn: async ({ email }) => void calls.push(`signIn ${email}`),
      signOut: async () => void calls.push('signOut'),
      getTicket: async () => 'ticket',
      enter: (next) => $state.set({ status: 'signed-in', current: next }),
      authorized: (run) => run(current.csrfToken),
    },
    services: {
      client,
      admin,
      directory: createDirectory(admin),
      current,
      serverUrl: 'https://chat.example',
      previewUrl: 'about:blank',
      $inboxChoice: createInboxChoice(),
      drafts,
      files,
      stagedFiles: createStagedFiles(files),
      $now: atom(SAMPLE_NOW),
      $attentive,
      $notifications: atom(null),
      $mentions: atom(new Set()),
      notify: createFakeNotify(calls),
      reconnect: () => void calls.push('reconnect'),
      countUnsent: async () => ({ messages: await client.countUnsent(), drafts: drafts.count() }),
      signOut: async () => void calls.push('signOut'),
      enter: (next) => $state.set({ status: 'signed-in', current: next }),
    },
    admin,
    entry,
    client,
    drafts,
    files,
    $attentive,
    calls,
  }
}
