import {
  analyticsQuery,
  assistantSettingsResponse,
  assistantUsageResponse,
  updateAssistantRequest,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import type { ToldOfModels } from './assistant-models.js'
import { loadUsage } from './writing/load-usage.js'
import { loadModelSwitch, saveModelSwitch } from './writing/model-switch.js'

/** What the routes need. */
export interface AssistantRoutesContext {
  database: Database
  clock: () => Date
  gate: MemberGate
  told: ToldOfModels
}

const DAY_MS = 24 * 3_600_000
/** How many days are shown when nobody says which. */
const DAYS = 30

/** `/api/chat-widget/assistant`: whether the organization has models work for it, and what that costs. */
export function assistantRoutes(context: AssistantRoutesContext): Router {
  const { database, clock, told } = context
  const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/assistant',
      action: 'assistant.read',
      answer: assistantSettingsResponse,
      async run({ actor: { organizationId } }) {
        const usesModels = await loadModelSwitch(database.of(organizationId), organizationId)
        return { assistant: { usesModels, ...told } }
      },
    }),
    memberRoute({
      method: 'patch',
      path: '/assistant',
      action: 'assistant.update',
      body: updateAssistantRequest,
      answer: assistantSettingsResponse,
      run: ({ actor: { organizationId }, body: { usesModels }, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const before = await loadModelSwitch(transaction, organizationId, { forUpdate: true })
          if (before !== usesModels) {
            await saveModelSwitch(transaction, organizationId, usesModels)
            const changes = { usesModels: { from: before, to: usesModels } }
            await record(transaction, { target: { kind: 'organization', id: organizationId }, changes })
          }
          return { assistant: { usesModels, ...told } }
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
