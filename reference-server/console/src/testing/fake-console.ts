import type { CurrentMember, MemberRole } from '@chatdesk/protocol'
import { atom, type WritableAtom } from 'nanostores'
import type { ConsoleServices } from '../client/console-services.js'
import type { Session, SessionState } from '../session/session.js'
import { createDrafts, type Drafts } from '../thread/drafts.js'
import { createFakeAgentClient, type FakeAgentClient } from './fake-agent-client.js'
import { SAMPLE_NOW, sampleInbox, sampleMember, sampleTimeline } from './sample-data.js'

/** Everything that a console stands on, in the hands of a test. */
export interface FakeConsole {
  session: Session & { readonly $state: WritableAtom<SessionState> }
  services: ConsoleServices
  client: FakeAgentClient
  drafts: Drafts
  $attentive: WritableAtom<boolean>
  calls: string[]
}

/** A signed-in console with a normal day's inbox, and `sampleTimeline` in its first row. */
export function createFakeConsole({ role = 'agent' }: { role?: MemberRole } = {}): FakeConsole {
  const client = createFakeAgentClient()
  const inbox = sampleInbox()
  client.$inbox.set(inbox)
  for (const row of inbox) {
    const { $conversation } = client.conversation(row.id)
    $conversation.set({ ...$conversation.get(), status: row.status, agent: row.agent })
  }
  client.conversation(inbox[0]?.id ?? '').$timeline.set(sampleTimeline())
  const calls: string[] = []
  const current: CurrentMember = sampleMember(role)
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
    },
    services: {
      client,
      current,
      drafts,
      $now: atom(SAMPLE_NOW),
      $attentive,
      reconnect: () => void calls.push('reconnect'),
      signOut: async () => void calls.push('signOut'),
    },
    client,
    drafts,
    $attentive,
    calls,
  }
}
