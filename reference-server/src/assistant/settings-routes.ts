import type { AssistantSettings } from '@chatdesk/protocol'
import { assistantSettingsResponse, updateAssistantRequest } from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { loadModelSwitch, saveModelSwitch } from './writing/model-switch.js'

/** What the routes need. */
export interface AssistantRoutesContext {
  database: Database
  clock: () => Date
  gate: MemberGate
  /** Undefined: the server has none. */
  model: Pick<AssistantSettings, 'model' | 'budgets'> | undefined
}

const NO_MODEL: Pick<AssistantSettings, 'model' | 'budgets'> = { model: null, budgets: null }

/** `/api/chat-widget/assistant`: whether the organization has answers written by a model. */
export function assistantRoutes(context: AssistantRoutesContext): Router {
  const { database, model = NO_MODEL } = context
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
  ])
}
