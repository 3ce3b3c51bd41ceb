import type { AssistantSettings } from '@chatdesk/protocol'
import {
  analyticsQuery,
  assistantSettingsResponse,
  assistantUsageResponse,
  updateAssistantRequest,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { loadUsage } from './writing/load-usage.js'
import { loadModelSwitch, saveModelSwitch } from './writing/model-switch.js'

/** What a server says of its model. */
type Told = Pick<AssistantSettings, 'model' | 'budgets' | 'price'>

/** What the routes need. */
export interface AssistantRoutesContext {
  database: Database
  clock: () => Date
  gate: MemberGate
  /** Undefined: the server has none. */
  model: Told | undefined
}

const NO_MODEL: Told = { model: null, budgets: null, price: null }

const DAY_MS = 24 * 3_600_000
/** How many days are shown when nobody says which. */
const DAYS = 30

/** `/api/chat-widget/assistant`: whether the organization has answers written by a model, and what that costs. */
export function assistantRoutes(context: AssistantRoutesContext): Router {
  const { database, clock, model = NO_MODEL } = context
  const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/assistant',
      action: 'assistant.read',
      answer: assistantSettingsResponse,
      async run({ actor: { organizationId } }) {
        const writesWithModel = await loadModelSwitch(database.of(organizationId), organizationId)
        return { assistant: { writesWithModel, ...model } }
      },
    }),
    memberRoute({
      method: 'patch',
      path: '/assistant',
      action: 'assistant.update',
      body: updateAssistantRequest,
      answer: assistantSettingsResponse,
      run: ({ actor: { organizationId }, body: { writesWithModel }, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const before = await loadModelSwitch(transaction, organizationId, { forUpdate: true })
          if (before !== writesWithModel) {
            await saveModelSwitch(transaction, organizationId, writesWithModel)
            const changes = { writesWithModel: { from: before, to: writesWithModel } }
            await record(transaction, { target: { kind: 'organization', id: organizationId }, changes })
          }
          return { assistant: { writesWithModel, ...model } }
        }),
    }),
    memberRoute({
      method: 'get',
      path: '/assistant/usage',
      action: 'assistant.read',
      query: analyticsQuery,
      answer: assistantUsageResponse,
      async run({ actor: { organizationId }, query }) {
        const today = clock().getTime()
        const { from = dayOf(today - (DAYS - 1) * DAY_MS), to = dayOf(today) } = query
        return { from, to, usage: await loadUsage(database.of(organizationId), { organizationId, from, to }) }
      },
    }),
  ])
}
