import type { AdministeredWidget } from '@chatdesk/protocol'
import {
  createWidgetRequest,
  listInstallationsResponse,
  listWidgetsResponse,
  updateWidgetRequest,
  widgetResponse,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import { parseId } from '../http/input.js'
import { creatorOf, type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { listInstallations } from './installations.js'
import {
  createWidget,
  deleteWidget,
  listWidgets,
  loadWidget,
  rotateWidgetKey,
  updateWidget,
  type WidgetsContext,
} from './widgets.js'

/** `/api/chat-widget/widgets`: an organization's widgets. */
export function widgetAdminRoutes(context: WidgetsContext & { gate: MemberGate }): Router {
  const { database, clock } = context
  const one = (params: Record<string, string>) => parseId(params.id, 'widget')
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/widgets',
      action: 'widget.list',
      answer: listWidgetsResponse,
      run: async ({ actor: { organizationId } }) => ({
        widgets: await listWidgets(database.of(organizationId), organizationId),
      }),
    }),
    memberRoute({
      method: 'post',
      path: '/widgets',
      action: 'widget.create',
      body: createWidgetRequest,
      answer: widgetResponse,
      status: 201,
      run: ({ actor, body, record }) =>
        database.transaction(actor.organizationId, async (transaction) => {
          const { organizationId } = actor
          const widget = await createWidget(transaction, context, { ...body, organizationId }, creatorOf(actor))
          await record(transaction, { target: targetOf(widget) })
          return { widget }
        }),
    }),
    memberRoute({
      method: 'get',
      path: '/widgets/:id',
      action: 'widget.read',
      answer: widgetResponse,
      run: async ({ actor: { organizationId }, params }) => ({
        widget: await loadWidget(database.of(organizationId), { organizationId, widgetId: one(params) }),
      }),
    }),
    memberRoute({
      method: 'patch',
      path: '/widgets/:id',
      action: 'widget.update',
      body: updateWidgetRequest,
      answer: widgetResponse,
      run: ({ actor: { organizationId }, params, body, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const which = { organizationId, widgetId: one(params), now: clock() }
          const { before, after } = await updateWidget(transaction, which, body)
          await record(transaction, { target: targetOf(after), changes: changesOf(before, after) })
          return { widget: after }
        }),
    }),
    memberRoute({
      method: 'delete',
      path: '/widgets/:id',
      action: 'widget.delete',
      run: ({ actor: { organizationId }, params, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const which = { organizationId, widgetId: one(params) }
          const widget = await loadWidget(transaction, which)
          await deleteWidget(transaction, which)
          await record(transaction, { target: targetOf(widget) })
        }),
    }),
    memberRoute({
      method: 'post',
      path: '/widgets/:id/rotate-key',
      action: 'widget.rotateKey',
      answer: widgetResponse,
      run: ({ actor: { organizationId }, params, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const which = { organizationId, widgetId: one(params), now: clock() }
          const before = await loadWidget(transaction, which)
          const widget = await rotateWidgetKey(transaction, which)
          const changes = { key: { from: before.key, to: widget.key } }
          await record(transaction, { target: targetOf(widget), changes })
          return { widget }
        }),
    }),
    memberRoute({
      method: 'get',
      path: '/widgets/:id/installations',
      action: 'installation.list',
      answer: listInstallationsResponse,
      async run({ actor: { organizationId }, params }) {
        const which = { organizationId, widgetId: one(params) }
        await loadWidget(database.of(organizationId), which)
        return { installations: await listInstallations(database.of(organizationId), which) }
      },
    }),
  ])
}

function targetOf({ id, name }: AdministeredWidget) {
  return { kind: 'widget', id, name }
}

/** What differs, each setting by itself. */
function changesOf(
  before: AdministeredWidget,
  after: AdministeredWidget,
): Record<string, { from: unknown; to: unknown }> {
  const flat = ({ settings, name, enabled, allowedOrigins, allowMissingOrigin, followUp }: AdministeredWidget) =>
    Object.entries({ name, enabled, allowedOrigins, allowMissingOrigin, followUp, ...settings })
  const earlier = new Map<string, unknown>(flat(before))
  return Object.fromEntries(
    flat(after)
      .filter(([field, to]) => JSON.stringify(earlier.get(field)) !== JSON.stringify(to))
      .map(([field, to]) => [field, { from: earlier.get(field), to }]),
  )
}
