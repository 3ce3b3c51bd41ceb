import type { CannedReply } from '@chatdesk/protocol'
import {
  cannedReplyResponse,
  createCannedReplyRequest,
  listCannedRepliesResponse,
  updateCannedReplyRequest,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { parseId } from '../http/input.js'
import { creatorOf, type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import {
  type CannedReplyWords,
  createCannedReply,
  deleteCannedReply,
  listCannedReplies,
  updateCannedReply,
} from './canned-replies.js'

/** `/api/chat-widget/canned-replies`: what a team says often. */
export function cannedReplyRoutes(context: {
  database: Database
  clock: () => Date
  generateId: () => string
  gate: MemberGate
}): Router {
  const { database, clock, generateId } = context
  const target = ({ id, shortcut }: CannedReply) => ({ kind: 'canned reply', id, name: `/${shortcut}` })
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/canned-replies',
      action: 'cannedReply.list',
      answer: listCannedRepliesResponse,
      run: async ({ actor: { organizationId } }) => ({
        replies: await listCannedReplies(database.of(organizationId), organizationId),
      }),
    }),
    memberRoute({
      method: 'post',
      path: '/canned-replies',
      action: 'cannedReply.create',
      body: createCannedReplyRequest,
      answer: cannedReplyResponse,
      status: 201,
      run: ({ actor, body: { departmentId = null, language = null, ...words }, record }) =>
        database.transaction(actor.organizationId, async (transaction) => {
          const { organizationId } = actor
          const made = { organizationId, id: generateId(), createdBy: creatorOf(actor), now: clock() }
          const reply = await createCannedReply(transaction, { ...words, departmentId, language, ...made })
          await record(transaction, { target: target(reply) })
          return { reply }
        }),
    }),
    memberRoute({
      method: 'patch',
      path: '/canned-replies/:id',
      action: 'cannedReply.update',
      body: updateCannedReplyRequest,
      answer: cannedReplyResponse,
      run: ({ actor: { organizationId }, params, body, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const which = { organizationId, replyId: parseId(params.id, 'canned reply') }
          const { before, after } = await updateCannedReply(transaction, which, body, clock())
          const changes = changesOf(before, after)
          if (Object.keys(changes).length > 0) await record(transaction, { target: target(after), changes })
          return { reply: after }
        }),
    }),
    memberRoute({
      method: 'delete',
      path: '/canned-replies/:id',
      action: 'cannedReply.delete',
      run: ({ actor: { organizationId }, params, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const which = { organizationId, replyId: parseId(params.id, 'canned reply') }
          await record(transaction, { target: target(await deleteCannedReply(transaction, which)) })
        }),
    }),
  ])
}

const FIELDS = ['shortcut', 'title', 'text', 'departmentId', 'language'] as const satisfies (keyof CannedReplyWords)[]

function changesOf(before: CannedReply, after: CannedReply): Record<string, { from: unknown; to: unknown }> {
  const changed = FIELDS.filter((field) => before[field] !== after[field])
  return Object.fromEntries(changed.map((field) => [field, { from: before[field], to: after[field] }]))
}
