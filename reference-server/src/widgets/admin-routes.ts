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
  const { database, clock, widgetFeed } = context
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
      async run({ actor: { organizationId }, params, body, record }) {
        const which = { organizationId, widgetId: one(params) }
        const { widget, changes } = await database.transaction(organizationId, async (transaction) => {
          const updated = await updateWidget(transaction, { ...which, now: clock() }, body)
          const { widget, changes } = updated
          if (changes) await record(transaction, { target: targetOf(widget), changes })
          return updated
        })
        if (changes) widgetFeed.emit(which)
        return { widget }
      },
    }),
    memberRoute({
      method: 'delete',
      path: '/widgets/:id',
      action: 'widget.delete',
      async run({ actor: { organizationId }, params, record }) {
        const which = { organizationId, widgetId: one(params) }
        await database.transaction(organizationId, async (transaction) => {
          const widget = await loadWidget(transaction, which)
          await deleteWidget(transaction, which)
          await record(transaction, { target: targetOf(widget) })
        })
        widgetFeed.emit(which)
      },
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
