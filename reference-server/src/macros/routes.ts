import { ChatError, type Macro } from '@chatdesk/protocol'
import {
  createMacroRequest,
  listMacrosResponse,
  macroResponse,
  macroRunResponse,
  runMacroRequest,
  updateMacroRequest,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import { loadSummaries } from '../conversations/index.js'
import { parseId } from '../http/input.js'
import { creatorOf, type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import type { TeamWorkContext } from '../team-work/index.js'
import { createMacro, deleteMacro, listMacros, loadMacro, updateMacro } from './macros.js'
import { runMacro } from './run-macro.js'

/** `/api/chat-widget/macros` and `/conversations/:id/macros/:macroId`: what a team does often, in one go. */
export function macroRoutes(context: TeamWorkContext & { generateId: () => string; gate: MemberGate }): Router {
  const { database, clock, generateId } = context
  const target = ({ id, name }: Macro) => ({ kind: 'macro', id, name })
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/macros',
      action: 'macro.list',
      answer: listMacrosResponse,
      run: async ({ actor: { organizationId } }) => ({
        macros: await listMacros(database.of(organizationId), organizationId),
      }),
    }),
    memberRoute({
      method: 'post',
      path: '/macros',
      action: 'macro.create',
      body: createMacroRequest,
      answer: macroResponse,
      status: 201,
      run: ({ actor, body, record }) =>
        database.transaction(actor.organizationId, async (transaction) => {
          const { organizationId } = actor
          const made = { organizationId, id: generateId(), createdBy: creatorOf(actor), now: clock() }
          const macro = await createMacro(transaction, { ...body, ...made })
          await record(transaction, { target: target(macro) })
          return { macro }
        }),
    }),
    memberRoute({
      method: 'patch',
      path: '/macros/:id',
      action: 'macro.update',
      body: updateMacroRequest,
      answer: macroResponse,
      run: ({ actor: { organizationId }, params, body, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const which = { organizationId, macroId: parseId(params.id, 'macro') }
          const { before, after } = await updateMacro(transaction, which, body, clock())
          const changes = changesOf(before, after)
          if (Object.keys(changes).length > 0) await record(transaction, { target: target(after), changes })
          return { macro: after }
        }),
    }),
    memberRoute({
      method: 'delete',
      path: '/macros/:id',
      action: 'macro.delete',
      run: ({ actor: { organizationId }, params, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const which = { organizationId, macroId: parseId(params.id, 'macro') }
          await record(transaction, { target: target(await deleteMacro(transaction, which)) })
        }),
    }),
    memberRoute({
      method: 'post',
      path: '/conversations/:id/macros/:macroId',
      action: 'macro.run',
      body: runMacroRequest,
      answer: macroRunResponse,
      async run({ actor, params, body: { runId } }) {
        const { organizationId } = actor
        const which = { organizationId, conversationId: parseId(params.id) }
        const macroId = parseId(params.macroId, 'macro')
        const macro = await loadMacro(database.of(organizationId), { organizationId, macroId })
        const result = await runMacro(context, which, actor, { macro, runId })
        const [conversation] = await loadSummaries(database, organizationId, [which.conversationId])
        if (!conversation) throw new ChatError('NOT_FOUND', 'No such conversation.')
        return { ...result, conversation }
      },
    }),
  ])
}

function changesOf(before: Macro, after: Macro): Record<string, { from: unknown; to: unknown }> {
  return {
    ...(before.name === after.name ? {} : { name: { from: before.name, to: after.name } }),
    ...(isSame(before.actions, after.actions) ? {} : { actions: { from: before.actions, to: after.actions } }),
  }
}

/** The database keeps the keys of an object in an order of its own. */
function isSame(a: Macro['actions'], b: Macro['actions']): boolean {
  const written = (actions: Macro['actions']) => JSON.stringify(actions.map((action) => Object.entries(action).sort()))
  return written(a) === written(b)
}
