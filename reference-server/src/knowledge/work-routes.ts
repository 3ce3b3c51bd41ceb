import {
  createGoldenQuestionRequest,
  createKnowledgeEntryRequest,
  goldenQuestionResponse,
  knowledgeEntryResponse,
  knowledgeGapResponse,
  listGoldenQuestionsResponse,
  listKnowledgeGapsQuery,
  listKnowledgeGapsResponse,
  updateKnowledgeGapRequest,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { parseId } from '../http/input.js'
import { creatorOf, type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { answerGap, listGaps, updateGap } from './gaps.js'
import { addGoldenQuestion, askGoldenQuestions, removeGoldenQuestion } from './golden-questions.js'
import { knowledgeTarget } from './target.js'

const PAGE = 50

/** `/api/chat-widget/…/knowledge-gaps` and `…/golden-questions`: what is missing, and what must not go missing. */
export function knowledgeWorkRoutes(context: {
  database: Database
  clock: () => Date
  generateId: () => string
  gate: MemberGate
}): Router {
  const { database, clock, generateId } = context
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/widgets/:id/knowledge-gaps',
      action: 'knowledgeGap.list',
      query: listKnowledgeGapsQuery,
      answer: listKnowledgeGapsResponse,
      run: async ({ actor: { organizationId }, params, query: { status = 'open', limit = PAGE } }) => ({
        gaps: await listGaps(database.of(organizationId), {
          ...{ organizationId, widgetId: parseId(params.id, 'widget'), status, limit },
        }),
      }),
    }),
    memberRoute({
      method: 'patch',
      path: '/knowledge-gaps/:id',
      action: 'knowledgeGap.update',
      body: updateKnowledgeGapRequest,
      answer: knowledgeGapResponse,
      async run({ actor: { organizationId }, params, body, record }) {
        const scope = { organizationId, gapId: parseId(params.id, 'question') }
        return database.transaction(organizationId, async (transaction) => {
          const gap = await updateGap(transaction, scope, body)
          await record(transaction, { target: { kind: 'knowledge gap', id: gap.id, name: gap.question } })
          return { gap }
        })
      },
    }),
    memberRoute({
      method: 'post',
      path: '/knowledge-gaps/:id/entry',
      action: 'knowledge.create',
      body: createKnowledgeEntryRequest,
      answer: knowledgeEntryResponse,
      status: 201,
      async run({ actor, params, body, record }) {
        const { organizationId } = actor
        const gapId = parseId(params.id, 'question')
        const scope = { organizationId, gapId, entryId: generateId(), createdBy: creatorOf(actor), at: clock() }
        return database.transaction(organizationId, async (transaction) => {
          const entry = await answerGap(transaction, scope, body)
          await record(transaction, { target: knowledgeTarget(entry) })
          return { entry }
        })
      },
    }),
    memberRoute({
      method: 'get',
      path: '/widgets/:id/golden-questions',
      action: 'knowledge.list',
      answer: listGoldenQuestionsResponse,
      run: async ({ actor: { organizationId }, params }) => ({
        goldenQuestions: await database.transaction(organizationId, (transaction) =>
          askGoldenQuestions(transaction, { organizationId, widgetId: parseId(params.id, 'widget') }),
        ),
      }),
    }),
    memberRoute({
      method: 'post',
      path: '/knowledge/:id/golden-questions',
      action: 'knowledge.update',
      body: createGoldenQuestionRequest,
      answer: goldenQuestionResponse,
      status: 201,
      async run({ actor, params, body: { question }, record }) {
        const { organizationId } = actor
        const entryId = parseId(params.id, 'entry')
        const scope = { organizationId, entryId, id: generateId(), createdBy: creatorOf(actor), at: clock() }
        return database.transaction(organizationId, async (transaction) => {
          const goldenQuestion = await addGoldenQuestion(transaction, scope, question)
          await record(transaction, { target: { kind: 'golden question', id: goldenQuestion.id, name: question } })
          return { goldenQuestion }
        })
      },
    }),
    memberRoute({
      method: 'delete',
      path: '/golden-questions/:id',
      action: 'knowledge.update',
      async run({ actor: { organizationId }, params, record }) {
        const id = parseId(params.id, 'golden question')
        await database.transaction(organizationId, async (transaction) => {
          const name = await removeGoldenQuestion(transaction, { organizationId, id })
          await record(transaction, { target: { kind: 'golden question', id, name } })
        })
      },
    }),
  ])
}
