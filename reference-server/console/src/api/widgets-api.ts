import type { AdminCall } from './admin-call.js'
import type { Installation, Widget, WidgetChanges } from './contract.js'

/** The widgets of the organization. */
export interface WidgetsApi {
  list(): Promise<Widget[]>
  get(id: string): Promise<Widget>
  create(input: WidgetChanges & { name: string }): Promise<Widget>
  update(id: string, changes: WidgetChanges): Promise<Widget>
  remove(id: string): Promise<void>
  /** The old key goes on working for a while. */
  rotateKey(id: string): Promise<Widget>
  installations(id: string): Promise<Installation[]>
}

export function createWidgetsApi(call: AdminCall): WidgetsApi {
  const one = async (answer: Promise<{ widget: Widget }>) => (await answer).widget
  return {
    list: async () => (await call<{ widgets: Widget[] }>('GET', 'chat-widget/widgets')).widgets,
    get: (id) => one(call('GET', `chat-widget/widgets/${id}`)),
    create: (input) => one(call('POST', 'chat-widget/widgets', input)),
    update: (id, changes) => one(call('PATCH', `chat-widget/widgets/${id}`, changes)),
    remove: async (id) => void (await call('DELETE', `chat-widget/widgets/${id}`)),
    rotateKey: (id) => one(call('POST', `chat-widget/widgets/${id}/rotate-key`)),
    installations: async (id) =>
      (await call<{ installations: Installation[] }>('GET', `chat-widget/widgets/${id}/installations`)).installations,
  }
}
