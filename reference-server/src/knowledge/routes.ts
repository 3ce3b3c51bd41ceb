import {
  createKnowledgeEntryRequest,
  knowledgeEntryResponse,
  listKnowledgeQuery,
  listKnowledgeResponse,
  updateKnowledgeEntryRequest,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { parseId } from '../http/input.js'
import { creatorOf, type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import {
  createKnowledgeEntry,
  deleteKnowledgeEntry,
  listKnowledge,
  loadKnowledgeEntry,
  updateKnowledgeEntry,
} from './knowledge.js'

const PAGE = 50

/** `/api/chat-widget/widgets/:id/knowledge` and `/knowledge/:id`: what a widget can answer. */
export function knowledgeRoutes(context: {
  database: Database
  clock: () => Date
  generateId: () => string
  gate: MemberGate
}): Router {
  const { database, clock, generateId } = context
  const target = ({ id, question }: { id: string; question: string }) => ({
    kind: 'knowledge entry',
    id,
    name: question,
  })
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/widgets/:id/knowledge',
      action: 'knowledge.list',
      query: listKnowledgeQuery,
      answer: listKnowledgeResponse,
      run: async ({ actor: { organizationId }, params, query: { limit = PAGE, cursor } }) =>
        listKnowledge(database.of(organizationId), {
          organizationId,
          widgetId: parseId(params.id, 'widget'),
          limit,
          cursor,
        }),
    }),
    memberRoute({
      method: 'post',
      path: '/widgets/:id/knowledge',
      action: 'knowledge.create',
      body: createKnowledgeEntryRequest,
      answer: knowledgeEntryResponse,
      status: 201,
      async run({ actor, params, body, record }) {
        const { organizationId } = actor
        const widgetId = parseId(params.id, 'widget')
        // A guest is no member here; the audit trail names them.
        const createdBy = creatorOf(actor)
        return database.transaction(organizationId, async (transaction) => {
          const scope = { organizationId, widgetId, entryId: generateId(), createdBy, at: clock() }
          const entry = await createKnowledgeEntry(transaction, scope, body)
          await record(transaction, { target: target(entry) })
          return { entry }
        })
      },
    }),
    memberRoute({
      method: 'get',
      path: '/knowledge/:id',
      action: 'knowledge.list',
      answer: knowledgeEntryResponse,
      run: async ({ actor: { organizationId }, params }) => ({
        entry: await loadKnowledgeEntry(database.of(organizationId), {
          organizationId,
          entryId: parseId(params.id, 'entry'),
        }),
      }),
    }),
    memberRoute({
      method: 'patch',
      path: '/knowledge/:id',
      action: 'knowledge.update',
      body: updateKnowledgeEntryRequest,
      answer: knowledgeEntryResponse,
      async run({ actor: { organizationId }, params, body, record }) {
        const scope = { organizationId, entryId: parseId(params.id, 'entry'), at: clock() }
        return database.transaction(organizationId, async (transaction) => {
          const { entry, changes } = await updateKnowledgeEntry(transaction, scope, body)
          if (Object.keys(changes).length > 0) await record(transaction, { target: target(entry), changes })
          return { entry }
        })
      },
    }),
    memberRoute({
      method: 'delete',
      path: '/knowledge/:id',
      action: 'knowledge.delete',
      async run({ actor: { organizationId }, params, record }) {
        const scope = { organizationId, entryId: parseId(params.id, 'entry') }
        await database.transaction(organizationId, async (transaction) => {
          await record(transaction, { target: target(await deleteKnowledgeEntry(transaction, scope)) })
        })
      },
    }),
  ])
}
