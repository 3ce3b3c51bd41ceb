import {
  type ConversationsContext,
  conversationsOfSession,
  loadInbox,
  loadSummaries,
  loadVersions,
  startConversation,
} from './conversations/index.js'
import { noteVisitorSign } from './follow-ups/index.js'
import { loadChanges, loadHistory, type MessageLog, syncConversation } from './messages/index.js'
import type { Actor, MemberActor } from './organizations/actor.js'
import {
  authorize,
  authorizeMember,
  findMemberBySession,
  ownerSessionOf,
  redeemTicket,
  touchMemberSession,
} from './organizations/index.js'
import { isSecretOf } from './platform/secrets.js'
import { authorOf, type RealtimeBackend } from './realtime/index.js'
import { authenticateConnection, isSessionOpen } from './visitors/index.js'

/** What the backend is made of. */
export interface BackendContext extends ConversationsContext {
  messages: MessageLog
}

/** The use cases as the realtime layer calls them: the policy first, then the feature. */
export function createBackend(context: BackendContext): RealtimeBackend {
  const { database, changes, messages, clock } = context
  /** Members who did something since their sign-in was last looked at: an open connection alone keeps nobody signed in. */
  const active = new Set<string>()
  const noteActivity = (actor: Actor) => {
    if (actor.kind === 'member') active.add(actor.memberSessionId)
  }
  const scopeOf = (actor: Actor, conversationId: string) => ({
    organizationId: actor.organizationId,
    conversationId,
    ownerSessionId: ownerSessionOf(actor),
  })
  const isMemberStillValid = async (actor: MemberActor): Promise<boolean> => {
    if (active.delete(actor.memberSessionId)) await touchMemberSession(database, actor, clock())
    const found = await findMemberBySession(database, actor, clock())
    return found?.role === actor.role
  }

  return {
    authenticate: ({ token, tabId }, origin) =>
      isSecretOf('ct', token)
        ? redeemTicket(database, token, origin, clock())
        : authenticateConnection(database, { token, tabId, origin }, clock()),
    async conversationsOf(actor) {
      // One conversation is live in a widget: the newest. Earlier ones are read by history.
      return (await conversationsOfSession(database, actor)).slice(-1)
    },
    async startConversation(actor, input) {
      authorize(actor, 'conversation.start')
      const { conversationId } = await startConversation(context, actor, input)
      return { conversationId }
    },
    async endConversation(actor, { conversationId }) {
      authorize(actor, 'conversation.end')
      noteActivity(actor)
      await messages.end({ ...scopeOf(actor, conversationId), author: authorOf(actor) })
    },
    async appendMessage(actor, { conversationId, clientMessageId, parts }) {
      authorize(actor, 'message.send')
      noteActivity(actor)
      const scope = scopeOf(actor, conversationId)
      const { message } = await messages.append({ ...scope, author: authorOf(actor), clientMessageId, parts })
      return message
    },
    async markRead(actor, { conversationId, upToSeq }) {
      authorize(actor, 'message.markRead')
      noteActivity(actor)
      const reader = actor.kind === 'visitor' ? 'visitor' : 'team'
      await messages.markRead({ ...scopeOf(actor, conversationId), reader, upToSeq })
    },
    noteVisitorSign: (actor, { conversationId }) => noteVisitorSign(database, actor, conversationId),
    async loadHistory(actor, { conversationId, ...page }) {
      authorize(actor, 'conversation.read')
      return await loadHistory(database, { ...scopeOf(actor, conversationId), ...page })
    },
    async syncConversation(actor, { conversationId, cursor }) {
      authorize(actor, 'conversation.read')
      return await syncConversation(database, { ...scopeOf(actor, conversationId), cursor })
    },
    async loadInbox(actor, page) {
      authorizeMember(actor, 'inbox.read')
      return await loadInbox(database, { organizationId: actor.organizationId, ...page })
    },
    loadSummaries: (organizationId, conversationIds) => loadSummaries(database, organizationId, conversationIds),
    loadChanges: (known) => loadChanges(database, known),
    loadVersions: (organizationIds, withinMs) => loadVersions(database, organizationIds, withinMs),
    isStillValid: (actor, conversationIds) =>
      actor.kind === 'visitor' ? isSessionOpen(database, actor, conversationIds, clock()) : isMemberStillValid(actor),
    onChange: changes.onChange,
  }
}
