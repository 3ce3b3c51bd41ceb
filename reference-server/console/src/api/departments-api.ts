import type { AdminCall } from './admin-call.js'
import type { Department } from './contract.js'

/** Whom a visitor may choose to write to. */
export interface DepartmentsApi {
  list(): Promise<Department[]>
  create(input: { name: string; description?: string }): Promise<Department>
  update(id: string, changes: { name?: string; description?: string }): Promise<void>
  remove(id: string): Promise<void>
}

export function createDepartmentsApi(call: AdminCall): DepartmentsApi {
  return {
    list: async () => (await call<{ departments: Department[] }>('GET', 'chat-widget/departments')).departments,
    create: async (input) =>
      (await call<{ department: Department }>('POST', 'chat-widget/departments', input)).department,
    update: async (id, changes) => void (await call('PATCH', `chat-widget/departments/${id}`, changes)),
    remove: async (id) => void (await call('DELETE', `chat-widget/departments/${id}`)),
  }
}
