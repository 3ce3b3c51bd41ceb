import type { Department } from '@chatdesk/protocol'
import { departmentResponse, listDepartmentsResponse } from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** Whom a visitor may choose to write to. */
export interface DepartmentsApi {
  list(): Promise<Department[]>
  create(input: { name: string; description?: string }): Promise<Department>
  update(id: string, changes: { name?: string; description?: string }): Promise<void>
  remove(id: string): Promise<void>
}

export function createDepartmentsApi({ ask, tell }: AdminCalls): DepartmentsApi {
  return {
    list: async () => (await ask(listDepartmentsResponse, 'GET', 'chat-widget/departments')).departments,
    create: async (input) => (await ask(departmentResponse, 'POST', 'chat-widget/departments', input)).department,
    update: (id, changes) => tell('PATCH', `chat-widget/departments/${id}`, changes),
    remove: (id) => tell('DELETE', `chat-widget/departments/${id}`),
  }
}
