import type { AgentClient } from '@chatdesk/core/agent'
import type { FileClient } from '@chatdesk/core/files'
import type { CurrentMember, NotificationSettings } from '@chatdesk/protocol'
import type { ReadableAtom, WritableAtom } from 'nanostores'
import { createContext, useContext } from 'react'
import type { AdminApi } from '../api/admin-api.js'
import type { InboxChoice } from '../inbox/inbox-choice.js'
import type { NotifyEnvironment } from '../notify/notify-environment.js'
import { answersVisitors } from '../team/answers-visitors.js'
import type { DirectoryStore } from '../team/directory.js'
import type { Drafts } from '../thread/drafts.js'
import type { StagedFiles } from '../thread/files/staged-files.js'

/** What was written and not sent: messages on their way or refused, and replies that were begun. */
export interface Unsent {
  messages: number
  drafts: number
}

/** What the signed-in part of the console works with. */
export interface ConsoleServices {
  client: AgentClient
  admin: AdminApi
  /** Members, departments and tags, by the ids that conversations name. */
  directory: DirectoryStore
  current: CurrentMember
  /** The server's mount point, without a slash at its end: what a customer's page names. */
  serverUrl: string
  /** The page that draws a widget which is not saved yet. */
  previewUrl: string
  /** Which view of the inbox, narrowed by what. */
  $inboxChoice: WritableAtom<InboxChoice>
  drafts: Drafts
  files: FileClient
  /** What is chosen for the next reply in a conversation. */
  stagedFiles(conversationId: string): StagedFiles
  /** Milliseconds since the epoch, a few times a minute. */
  $now: ReadableAtom<number>
  /** Somebody looks at this window: it is visible and has the focus. */
  $attentive: ReadableAtom<boolean>
  /** What the member wants to hear of; null until it is known. */
  $notifications: WritableAtom<NotificationSettings | null>
  /** Conversations in which a note has named the member while the console stood open, until they are looked at. */
  $mentions: WritableAtom<ReadonlySet<string>>
  notify: NotifyEnvironment
  /** Tries the connection at once. */
  reconnect(): void
  /** What this member has written in this browser and nobody has got. */
  countUnsent(): Promise<Unsent>
  /** Removes what is unsent as well. Rejects when the server cannot be reached. */
  signOut(): Promise<void>
  /** Goes on as whoever the server's answer names. */
  enter(current: CurrentMember): void
}

const ServicesContext = createContext<ConsoleServices | null>(null)

/** Gives the services to the tree below. */
export const ConsoleProvider = ServicesContext.Provider

/** The services of the signed-in member. */
export function useConsole(): ConsoleServices {
  const services = useContext(ServicesContext)
  if (!services) throw new Error('useConsole stands outside a ConsoleProvider.')
  return services
}

/** Whether to offer what writes: a guest speaks for nobody. */
export function mayWrite({ member, visiting }: CurrentMember): boolean {
  return answersVisitors(member) && visiting === null
}

/** Who sets up widgets, departments and members. As with `mayWrite` the server decides. */
export function mayAdminister({ member }: CurrentMember): boolean {
  return member.role === 'client_admin' || member.role === 'super_admin'
}
