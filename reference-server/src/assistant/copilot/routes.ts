import type { CopilotSource } from '@chatdesk/protocol'
import { copilotDraftResponse, copilotSummaryResponse } from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Kysely } from 'kysely'
import { loadConversationVisitor } from '../../conversations/index.js'
import type { Database, Tables } from '../../database/index.js'
import { parseId } from '../../http/input.js'
import { isAnswering, type MemberGate, memberRoute, memberRoutes } from '../../organizations/index.js'
import type { MemberCall } from '../../organizations/member-routes.js'
import type { RateLimit } from '../../platform/rate-limit.js'
import type { RealtimeClock } from '../../realtime/index.js'
import type { MeaningSearches } from '../embeddings/meaning-search.js'
import { createWidgetRetriever } from '../widget-retriever.js'
import type { AnswerWriter } from '../writing/answer-writer.js'
import { type AskedModel, createAskModel } from './ask-model.js'
import { draftReply } from './draft-reply.js'
import { extractSummary } from './extract-summary.js'
import { type CopilotConversation, loadCopilotConversation } from './load-conversation.js'
import { summaryWords } from './summary-words.js'

/** What the routes of the copilot need. */
export interface CopilotContext {
  database: Database
  clock: () => Date
  timers: Pick<RealtimeClock, 'setTimeout'>
  gate: MemberGate
  /** Absent: drafts and summaries are made of what was written and said. */
  writer?: AnswerWriter | undefined
  /** Absent: knowledge is found by its words alone. */
  searches?: Pick<MeaningSearches, 'of'> | undefined
  perMember: RateLimit
}

/** `/api/chat-widget/conversations/:id/copilot/…`: what helps a member to answer. Nothing here writes into a log. */
export function copilotRoutes(context: CopilotContext): Router {
  const { database, timers, writer, searches, perMember } = context

  /** Loads the conversation, and says through what models may be asked; null: they may not. */
  async function begin({
    actor,
    params,
    response,
  }: Pick<MemberCall<unknown, unknown>, 'actor' | 'params' | 'response'>) {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const { organizationId, memberId } = actor
    const which = { organizationId, conversationId: parseId(params.id) }
    await perMember.consume(`${organizationId} ${memberId}`)
    const conversation = await loadCopilotConversation(database.of(organizationId), which)
    // B12: who only reads causes no cost, and what is not given to the assistant goes to no model.
    const mayAsk = conversation.hasAssistant && isAnswering(actor.role)
    const model: AskedModel | null =
      writer && mayAsk ? createAskModel({ writer, timers, which, gone: gone.signal }) : null
    const meaning = (mayAsk && searches?.of({ ...which, widgetId: conversation.widgetId })) || null
    return { which, conversation, model, meaning }
  }

  return memberRoutes(context, [
    memberRoute({
      method: 'post',
      path: '/conversations/:id/copilot/draft',
      action: 'copilot.draft',
      answer: copilotDraftResponse,
      async run(call) {
        const { which, conversation, model, meaning } = await begin(call)
        const { organizationId } = which
        const retriever = createWidgetRetriever({ database, organizationId, widgetId: conversation.widgetId })
        const draft = await draftReply({ conversation, retriever, meaning, ask: model?.ask ?? null })
        return { draft: { ...draft, ...saidOf(model) } }
      },
    }),
    memberRoute({
      method: 'post',
      path: '/conversations/:id/copilot/summary',
      action: 'copilot.summarise',
      answer: copilotSummaryResponse,
      async run(call) {
        const { which, conversation, model } = await begin(call)
        const { organizationId } = which
        const visitor = await loadConversationVisitor(database, which)
        const sources = await entriesBehind(database.of(organizationId), { organizationId, conversation })
        const summary = extractSummary(conversation, visitor, sources)
        if (!model) return { summary }
        const words = await summaryWords(conversation, model.ask)
        return { summary: { ...summary, words, ...saidOf(model) } }
      },
    }),
  ])
}

/** Why a member reads nothing of a model's, where they might wonder. */
function saidOf(model: AskedModel | null): { modelOff?: true } {
  return model?.isSwitchedOff ? { modelOff: true } : {}
}

/** The entries that the assistant's answers rest on, each once, as they stand by now. */
async function entriesBehind(
  query: Kysely<Tables>,
  { organizationId, conversation }: { organizationId: string; conversation: CopilotConversation },
): Promise<CopilotSource[]> {
  const ids = [...new Set(conversation.messages.flatMap(({ sources }) => sources))]
  if (ids.length === 0) return []
  const rows = await query
    .selectFrom('knowledge_entries')
    .select(['id', 'question', 'url'])
    .where('organization_id', '=', organizationId)
    .where('id', 'in', ids)
    .execute()
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
}
