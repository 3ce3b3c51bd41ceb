import type { AdministeredWidget, CreateWidgetRequest, Installation, UpdateWidgetRequest } from '@chatdesk/protocol'
import { listInstallationsResponse, listWidgetsResponse, widgetResponse } from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** The widgets of the organization. */
export interface WidgetsApi {
  list(): Promise<AdministeredWidget[]>
  get(id: string): Promise<AdministeredWidget>
  create(input: CreateWidgetRequest): Promise<AdministeredWidget>
  update(id: string, changes: UpdateWidgetRequest): Promise<AdministeredWidget>
  remove(id: string): Promise<void>
  /** The old key goes on working for a while, which the answer names. */
  rotateKey(id: string): Promise<AdministeredWidget>
  installations(id: string): Promise<Installation[]>
}

export function createWidgetsApi({ ask, tell }: AdminCalls): WidgetsApi {
  const one = async (...call: ['GET' | 'POST' | 'PATCH', string, object?]) =>
    (await ask(widgetResponse, ...call)).widget
  return {
    list: async () => (await ask(listWidgetsResponse, 'GET', 'chat-widget/widgets')).widgets,
    get: (id) => one('GET', `chat-widget/widgets/${id}`),
    create: (input) => one('POST', 'chat-widget/widgets', input),
    update: (id, changes) => one('PATCH', `chat-widget/widgets/${id}`, changes),
    remove: (id) => tell('DELETE', `chat-widget/widgets/${id}`),
    rotateKey: (id) => one('POST', `chat-widget/widgets/${id}/rotate-key`),
    installations: async (id) =>
      (await ask(listInstallationsResponse, 'GET', `chat-widget/widgets/${id}/installations`)).installations,
  }
}
