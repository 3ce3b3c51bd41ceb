import { ChatError } from '@chatdesk/protocol'
import {
  type ConversationsContext,
  loadInbox,
  loadSummaries,
  loadVersions,
  openConversation,
  shownConversations,
  startConversation,
} from './conversations/index.js'
import { holdsNoFile, resolveParts } from './files/index.js'
import { noteVisitorSign } from './follow-ups/index.js'
import { loadBegun } from './known-visitors/index.js'
import { loadChanges, loadHistory, type MessageLog, syncConversation } from './messages/index.js'
import type { Actor, MemberActor } from './organizations/actor.js'
import {
  type Action,
  authorize,
  createAdmission,
  findStandingMembers,
  loadMemberNames,
  ownerSessionOf,
  recordGuestRead,
  redeemTicket,
  signInKeyOf,
  touchMemberSession,
} from './organizations/index.js'
import { isSecretOf } from './platform/secrets.js'
import { authorOf, type RealtimeBackend } from './realtime/index.js'
import { authenticateConnection, isSessionOpen, updateVisitor } from './visitors/index.js'
import { isKnownOrigin, loadChangedWidgets, refusalOf, type WidgetFeed } from './widgets/index.js'

/** What the backend is made of. */
export interface BackendContext extends ConversationsContext {
  messages: MessageLog
  widgetFeed: WidgetFeed
}

/** The use cases as the realtime layer calls them: the policy first, then the feature. */
export function createBackend(context: BackendContext): RealtimeBackend {
  const { database, changes, messages, clock, widgetFeed } = context
  /** Members who did something since their sign-in was last looked at: an open connection alone keeps nobody signed in. */
  const active = new Set<string>()
  const noteActivity = (actor: Actor) => {
    if (actor.kind === 'member') active.add(signInKeyOf(actor))
  }
  const scopeOf = (actor: Actor, conversationId: string) => ({
    organizationId: actor.organizationId,
    conversationId,
    ownerSessionId: ownerSessionOf(actor),
  })
  const standing = (actors: readonly MemberActor[]) => findStandingMembers(database, actors, clock())
  const stands = createAdmission(standing)
  /** The policy first; then that a member still is who they were when they connected (threat 33). */
  async function admit(actor: Actor, action: Action): Promise<void> {
    authorize(actor, action)
    if (actor.kind === 'member' && !(await stands(actor)))
      throw new ChatError('UNAUTHENTICATED', 'The sign-in has ended, or changed.')
  }
  /** Threat 38. */
  async function noteGuest(actor: Actor, action: Action, conversationId?: string): Promise<void> {
    if (actor.kind !== 'member' || !actor.visit) return
    const target = conversationId
      ? { kind: 'conversation', id: conversationId }
      : { kind: 'organization', id: actor.organizationId }
    await recordGuestRead(database, actor, { action, target, address: null }, clock())
  }

  return {
    authenticate: ({ token, tabId }, origin) =>
      isSecretOf('ct', token)
        ? redeemTicket(database, token, origin, clock())
        : authenticateConnection(database, { token, tabId, origin }, clock()),
    conversationsOf: (actor, named) => shownConversations(database.of(actor.organizationId), actor, named),
    async startConversation(actor, input) {
      authorize(actor, 'conversation.start')
      const { conversationId } = await startConversation(context, actor, input)
      return { conversationId }
    },
    async openConversation(actor, { conversationId }) {
      authorize(actor, 'conversation.open')
      await openConversation(database, actor, conversationId)
    },
    async updateVisitor(actor, facts) {
      authorize(actor, 'visitor.update')
      await updateVisitor(context, actor, facts)
    },
    async endConversation(actor, { conversationId }) {
      await admit(actor, 'conversation.end')
      noteActivity(actor)
      await messages.end({ ...scopeOf(actor, conversationId), author: authorOf(actor) })
    },
    async appendMessage(actor, { conversationId, clientMessageId, parts: submitted, seenSeq: seen }) {
      await admit(actor, 'message.send')
      noteActivity(actor)
      // What holds no file waits for nothing: what its author does next must not overtake it.
      const parts = holdsNoFile(submitted) ? submitted : await resolveParts(context, actor, conversationId, submitted)
      const scope = scopeOf(actor, conversationId)
      const seenSeq = actor.kind === 'member' ? seen : undefined
      const { message } = await messages.append({ ...scope, author: authorOf(actor), clientMessageId, parts, seenSeq })
      return message
    },
    async markRead(actor, { conversationId, upToSeq }) {
      await admit(actor, 'message.markRead')
      noteActivity(actor)
      const reader = actor.kind === 'visitor' ? 'visitor' : 'team'
      await messages.markRead({ ...scopeOf(actor, conversationId), reader, upToSeq })
    },
    noteVisitorSign: (actor, { conversationId }) => noteVisitorSign(database, actor, conversationId),
    async loadHistory(actor, { conversationId, ...page }) {
      await admit(actor, 'conversation.read')
      const history = await loadHistory(database, { ...scopeOf(actor, conversationId), ...page })
      await noteGuest(actor, 'conversation.read', conversationId)
      return history
    },
    async syncConversation(actor, { conversationId, cursor }) {
      await admit(actor, 'conversation.read')
      const sync = await syncConversation(database, { ...scopeOf(actor, conversationId), cursor })
      await noteGuest(actor, 'conversation.read', conversationId)
      return sync
    },
    async loadInbox(actor, page) {
      await admit(actor, 'inbox.read')
      const inbox = await loadInbox(database, { organizationId: actor.organizationId, ...page })
      await noteGuest(actor, 'inbox.read')
      return inbox
    },
    loadSummaries: (organizationId, conversationIds) => loadSummaries(database, organizationId, conversationIds),
    loadMemberNames: (organizationId, memberIds) => loadMemberNames(database, organizationId, memberIds),
    loadChanges: (known) => loadChanges(database, known),
    loadVersions: (organizationIds, withinMs) => loadVersions(database, organizationIds, withinMs),
    loadBegun: (organizationIds, withinMs) => loadBegun(database, organizationIds, withinMs),
    async isStillValid(actor, conversationIds) {
      if (actor.kind === 'visitor') return isSessionOpen(database, actor, conversationIds, clock())
      if (active.delete(signInKeyOf(actor))) await touchMemberSession(database, actor, clock())
      return (await standing([actor])).has(actor)
    },
    findStandingMembers: standing,
    onChange: changes.onChange,
    async loadWidgets(known) {
      const changed = await loadChangedWidgets(database, known)
      return changed.map(({ state, ...id }) => ({
        ...id,
        state: state && { ...state, refusalOf: (origin) => refusalOf(state, origin) },
      }))
    },
    onWidgetChange: widgetFeed.onChange,
    isKnownOrigin: (origin) => isKnownOrigin(database, origin),
  }
}
