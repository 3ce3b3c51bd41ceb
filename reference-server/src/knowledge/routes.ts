import {
  checkDraftResponse,
  createKnowledgeEntryRequest,
  importKnowledgeRequest,
  importKnowledgeResponse,
  knowledgeEntryResponse,
  listKnowledgeQuery,
  listKnowledgeResponse,
  listKnowledgeVersionsResponse,
  previewImportRequest,
  restoreKnowledgeEntryRequest,
  updateKnowledgeEntryRequest,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { parseId } from '../http/input.js'
import { creatorOf, type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { draftKnowledgeEntry } from './drafts.js'
import { checkDraft, publishEntry } from './golden-questions.js'
import { importKnowledge, planImport } from './import-knowledge.js'
import { createKnowledgeEntry, deleteKnowledgeEntry, loadKnowledgeEntry, updateKnowledgeEntry } from './knowledge.js'
import { listKnowledge } from './list-knowledge.js'
import { readImport } from './read-import.js'
import { knowledgeTarget } from './target.js'
import { listVersions, loadVersion } from './versions.js'

const PAGE = 50

/** `/api/chat-widget/widgets/:id/knowledge` and `/knowledge/:id`: what a widget can answer. */
export function knowledgeRoutes(context: {
  database: Database
  clock: () => Date
  generateId: () => string
  gate: MemberGate
}): Router {
  const { database, clock, generateId } = context
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/widgets/:id/knowledge',
      action: 'knowledge.list',
      query: listKnowledgeQuery,
      answer: listKnowledgeResponse,
      run: async ({ actor: { organizationId }, params, query: { limit = PAGE, ...asked } }) =>
        listKnowledge(database.of(organizationId), {
          organizationId,
          widgetId: parseId(params.id, 'widget'),
          limit,
          ...asked,
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
          await record(transaction, { target: knowledgeTarget(entry) })
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
      async run({ actor, params, body, record }) {
        const { organizationId } = actor
        const scope = { organizationId, entryId: parseId(params.id, 'entry'), changedBy: creatorOf(actor), at: clock() }
        return database.transaction(organizationId, async (transaction) => {
          const { entry, changes } = await updateKnowledgeEntry(transaction, scope, body)
          if (Object.keys(changes).length > 0) await record(transaction, { target: knowledgeTarget(entry), changes })
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
          await record(transaction, { target: knowledgeTarget(await deleteKnowledgeEntry(transaction, scope)) })
        })
      },
    }),
    memberRoute({
      method: 'get',
      path: '/knowledge/:id/versions',
      action: 'knowledge.list',
      answer: listKnowledgeVersionsResponse,
      async run({ actor: { organizationId }, params }) {
        const scope = { organizationId, entryId: parseId(params.id, 'entry') }
        const query = database.of(organizationId)
        await loadKnowledgeEntry(query, scope)
        return { versions: await listVersions(query, scope) }
      },
    }),
    memberRoute({
      method: 'post',
      path: '/knowledge/:id/restore',
      action: 'knowledge.update',
      body: restoreKnowledgeEntryRequest,
      answer: knowledgeEntryResponse,
      async run({ actor, params, body: { version }, record }) {
        const { organizationId } = actor
        const scope = { organizationId, entryId: parseId(params.id, 'entry'), changedBy: creatorOf(actor), at: clock() }
        return database.transaction(organizationId, async (transaction) => {
          const content = await loadVersion(transaction, { ...scope, version })
          const { entry, changes } = await updateKnowledgeEntry(transaction, scope, content)
          if (Object.keys(changes).length > 0) await record(transaction, { target: knowledgeTarget(entry), changes })
          return { entry }
        })
      },
    }),
    memberRoute({
      method: 'put',
      path: '/knowledge/:id/draft',
      action: 'knowledge.update',
      body: updateKnowledgeEntryRequest,
      answer: knowledgeEntryResponse,
      async run({ actor: { organizationId }, params, body, record }) {
        const scope = { organizationId, entryId: parseId(params.id, 'entry') }
        return database.transaction(organizationId, async (transaction) => {
          const entry = await draftKnowledgeEntry(transaction, scope, body)
          await record(transaction, {
            target: knowledgeTarget(entry),
            changes: { draft: { from: null, to: Object.keys(body) } },
          })
          return { entry }
        })
      },
    }),
    memberRoute({
      method: 'get',
      path: '/knowledge/:id/draft',
      action: 'knowledge.list',
      answer: checkDraftResponse,
      run: async ({ actor: { organizationId }, params }) =>
        checkDraft(database, { organizationId, entryId: parseId(params.id, 'entry'), at: clock() }),
    }),
    memberRoute({
      method: 'post',
      path: '/knowledge/:id/publish',
      action: 'knowledge.publish',
      answer: knowledgeEntryResponse,
      async run({ actor, params, record }) {
        const { organizationId } = actor
        const scope = { organizationId, entryId: parseId(params.id, 'entry'), changedBy: creatorOf(actor), at: clock() }
        return database.transaction(organizationId, async (transaction) => {
          const { entry, changes } = await publishEntry(transaction, scope)
          if (Object.keys(changes).length > 0) await record(transaction, { target: knowledgeTarget(entry), changes })
          return { entry }
        })
      },
    }),
    memberRoute({
      method: 'post',
      path: '/widgets/:id/knowledge/preview',
      action: 'knowledge.import',
      body: previewImportRequest,
      answer: importKnowledgeResponse,
      run: async ({ actor: { organizationId }, params, body }) =>
        planImport(
          database.of(organizationId),
          { organizationId, widgetId: parseId(params.id, 'widget') },
          readImport(body),
        ),
    }),
    memberRoute({
      method: 'post',
      path: '/widgets/:id/knowledge/import',
      action: 'knowledge.import',
      body: importKnowledgeRequest,
      answer: importKnowledgeResponse,
      status: 201,
      async run({ actor, params, body: { entries }, record }) {
        const { organizationId } = actor
        const widgetId = parseId(params.id, 'widget')
        const scope = { organizationId, widgetId, createdBy: creatorOf(actor), at: clock(), generateId }
        return database.transaction(organizationId, async (transaction) => {
          const done = await importKnowledge(transaction, scope, entries)
          const { added, changed, skipped } = done
          const changes = { entries: { from: null, to: { added, changed, skipped } } }
          await record(transaction, { target: { kind: 'widget', id: widgetId }, changes })
          return done
        })
      },
    }),
  ])
}
