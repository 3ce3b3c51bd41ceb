import { ChatError, type ConversationSummary } from '@chatdesk/protocol'
import {
  assignConversationRequest,
  conversationSummaryResponse,
  createNoteRequest,
  listNotesResponse,
  listTagsResponse,
  movedConversationResponse,
  noteResponse,
  releaseConversationRequest,
  tagRequest,
  tagResponse,
  updateConversationRequest,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import { loadSummaries } from '../conversations/index.js'
import { parseId } from '../http/input.js'
import { creatorOf, type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { authorOf } from '../realtime/author.js'
import { assignConversation, releaseConversation, reopenConversation } from './move-conversations.js'
import { createNote, deleteNote, listNotes } from './notes.js'
import { createTag, deleteTag, listTags, renameTag } from './tags.js'
import type { TeamWorkContext, Which } from './team-work-context.js'
import { updateConversation } from './update-conversation.js'

/** What the routes need. */
export interface TeamWorkRoutesContext extends TeamWorkContext {
  generateId: () => string
  gate: MemberGate
}

/** `/api/chat-widget/conversations/:id/…` and `/tags`: what a team does with its conversations beside answering them. */
export function teamWorkRoutes(context: TeamWorkRoutesContext): Router {
  const { database, clock, generateId, messages } = context
  const whichOf = (organizationId: string, params: Record<string, string>): Which => ({
    organizationId,
    conversationId: parseId(params.id),
  })
  const summary = async ({ organizationId, conversationId }: Which): Promise<ConversationSummary> => {
    const [conversation] = await loadSummaries(database, organizationId, [conversationId])
    if (!conversation) throw new ChatError('NOT_FOUND', 'No such conversation.')
    return conversation
  }
  const moved = async (which: Which, outcome: 'done' | 'taken') => ({ outcome, conversation: await summary(which) })
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/conversations/:id',
      action: 'conversation.read',
      answer: conversationSummaryResponse,
      run: async ({ actor: { organizationId }, params }) => ({
        conversation: await summary(whichOf(organizationId, params)),
      }),
    }),
    memberRoute({
      method: 'patch',
      path: '/conversations/:id',
      action: 'conversation.update',
      body: updateConversationRequest,
      answer: conversationSummaryResponse,
      async run({ actor: { organizationId }, params, body: { snoozedUntil, ...update } }) {
        const which = whichOf(organizationId, params)
        const until = snoozedUntil == null ? snoozedUntil : new Date(snoozedUntil)
        await updateConversation(context, which, { ...update, snoozedUntil: until })
        return { conversation: await summary(which) }
      },
    }),
    memberRoute({
      method: 'post',
      path: '/conversations/:id/assign',
      action: 'conversation.assign',
      body: assignConversationRequest,
      answer: movedConversationResponse,
      async run({ actor, params, body }) {
        const which = whichOf(actor.organizationId, params)
        return moved(which, await assignConversation(context, which, actor, body))
      },
    }),
    memberRoute({
      method: 'post',
      path: '/conversations/:id/release',
      action: 'conversation.release',
      body: releaseConversationRequest,
      answer: movedConversationResponse,
      async run({ actor, params, body }) {
        const which = whichOf(actor.organizationId, params)
        return moved(which, await releaseConversation(context, which, actor, body))
      },
    }),
    memberRoute({
      method: 'post',
      path: '/conversations/:id/reopen',
      action: 'conversation.reopen',
      answer: movedConversationResponse,
      async run({ actor, params }) {
        const which = whichOf(actor.organizationId, params)
        return moved(which, await reopenConversation(context, which, actor))
      },
    }),
    memberRoute({
      method: 'post',
      path: '/conversations/:id/end',
      action: 'conversation.end',
      answer: movedConversationResponse,
      async run({ actor, params }) {
        const which = whichOf(actor.organizationId, params)
        await messages.end({ ...which, author: authorOf(actor), ownerSessionId: null })
        return moved(which, 'done')
      },
    }),
    memberRoute({
      method: 'get',
      path: '/conversations/:id/notes',
      action: 'note.list',
      answer: listNotesResponse,
      run: async ({ actor: { organizationId }, params }) => ({
        notes: await listNotes(database, whichOf(organizationId, params)),
      }),
    }),
    memberRoute({
      method: 'post',
      path: '/conversations/:id/notes',
      action: 'note.create',
      body: createNoteRequest,
      answer: noteResponse,
      status: 201,
      run: async ({ actor, params, body: { mentions = [], ...written } }) => ({
        note: await createNote(context, whichOf(actor.organizationId, params), actor, { ...written, mentions }),
      }),
    }),
    memberRoute({
      method: 'delete',
      path: '/conversations/:id/notes/:noteId',
      action: 'note.delete',
      run: ({ actor: { organizationId, memberId }, params }) =>
        deleteNote(context, whichOf(organizationId, params), { memberId, noteId: parseId(params.noteId, 'note') }),
    }),
    memberRoute({
      method: 'get',
      path: '/tags',
      action: 'tag.list',
      answer: listTagsResponse,
      run: async ({ actor: { organizationId } }) => ({
        tags: await listTags(database.of(organizationId), organizationId),
      }),
    }),
    memberRoute({
      method: 'post',
      path: '/tags',
      action: 'tag.create',
      body: tagRequest,
      answer: tagResponse,
      status: 201,
      run: ({ actor, body: { name }, record }) =>
        database.transaction(actor.organizationId, async (transaction) => {
          const { organizationId } = actor
          const input = { organizationId, id: generateId(), name, createdBy: creatorOf(actor), now: clock() }
          const tag = await createTag(transaction, input)
          await record(transaction, { target: { kind: 'tag', id: tag.id, name } })
          return { tag }
        }),
    }),
    memberRoute({
      method: 'patch',
      path: '/tags/:id',
      action: 'tag.update',
      body: tagRequest,
      answer: tagResponse,
      run: ({ actor: { organizationId }, params, body: { name }, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const which = { organizationId, tagId: parseId(params.id, 'tag') }
          const { before, after } = await renameTag(transaction, which, name)
          if (before.name !== name)
            await record(transaction, {
              target: { kind: 'tag', id: after.id, name },
              changes: { name: { from: before.name, to: name } },
            })
          return { tag: after }
        }),
    }),
    memberRoute({
      method: 'delete',
      path: '/tags/:id',
      action: 'tag.delete',
      run: ({ actor: { organizationId }, params, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const { id, name } = await deleteTag(transaction, { organizationId, tagId: parseId(params.id, 'tag') })
          await record(transaction, { target: { kind: 'tag', id, name } })
        }),
    }),
  ])
}
