import type { ImportedEntry, KnowledgeImport, MemberRole } from '@chatdesk/protocol'
import { importKnowledgeRequest } from '@chatdesk/protocol/schemas'
import { parseInput } from './http/input.js'
import { importKnowledge } from './knowledge/import-knowledge.js'
import {
  consoleLink,
  createInvite,
  createMember,
  createOrganization,
  type FirstRun,
  HOST,
  type OrganizationsContext,
  removeMember,
} from './organizations/index.js'
import {
  type CreateWidgetInput,
  createWidget,
  updateWidget,
  type WidgetFeed,
  type WidgetInput,
} from './widgets/index.js'

/** The use cases that a host calls in process. */
export interface ChatServerApi {
  createOrganization(input: { name: string }): Promise<{ organizationId: string }>
  createMember(input: Parameters<typeof createMember>[1]): Promise<{ memberId: string }>
  /** The secret is in the link, and nowhere else; without a `publicUrl` the link begins at the mount point. */
  inviteMember(input: {
    organizationId: string
    email: string
    role: MemberRole
  }): Promise<{ inviteId: string; link: string }>
  /** Ends their sign-ins, tokens and connections as well. Refuses the last super admin, and an organization's last admin. */
  removeMember(input: { organizationId: string; memberId: string }): Promise<void>
  /** The code with which the first member comes in at `/console/setup`, anew with each call; undefined: there is a member. */
  firstRunCode(): Promise<string | undefined>
  /** Without a `key` one is made. */
  createWidget(input: CreateWidgetInput): Promise<{ widgetId: string; key: string }>
  /** What is absent stays as it is; of `settings` too. */
  updateWidget(input: WidgetInput & { organizationId: string; widgetId: string }): Promise<void>
  /** Adds entries to what a widget knows; one of the same question or address is changed. Says of each what was done. */
  importKnowledge(input: {
    organizationId: string
    widgetId: string
    entries: readonly ImportedEntry[]
  }): Promise<KnowledgeImport>
}

/** The host's way in, past the gate and the policy: it is the server's own process. */
export function createChatServerApi(
  context: OrganizationsContext & { firstRun: FirstRun; publicUrl: URL | undefined; widgetFeed: WidgetFeed },
): ChatServerApi {
  const { database, clock, generateId, firstRun, publicUrl, widgetFeed } = context
  return {
    createOrganization: (input) => createOrganization(context, input),
    createMember: (input) => createMember(context, input),
    async inviteMember(input) {
      const { invite, token } = await createInvite(context, HOST, input)
      return { inviteId: invite.id, link: consoleLink('invite', token, publicUrl?.href ?? '') }
    },
    removeMember: (input) => removeMember(context, HOST, input),
    firstRunCode: () => firstRun.createCode(),
    createWidget: (input) =>
      database.transaction(input.organizationId, async (transaction) => {
        const { id, key } = await createWidget(transaction, context, input)
        return { widgetId: id, key }
      }),
    updateWidget: ({ organizationId, widgetId, ...input }) =>
      database
        .transaction(organizationId, (transaction) =>
          updateWidget(transaction, { organizationId, widgetId, now: clock() }, input),
        )
        .then(({ changes }) => {
          if (changes) widgetFeed.emit({ organizationId, widgetId })
        }),
    importKnowledge: ({ organizationId, widgetId, entries }) =>
      database.transaction(organizationId, (transaction) =>
        importKnowledge(
          transaction,
          { organizationId, widgetId, createdBy: null, at: clock(), generateId },
          parseInput<{ entries: ImportedEntry[] }>(importKnowledgeRequest, { entries }).entries,
        ),
      ),
  }
}
