import type { Department } from '@chatdesk/protocol'
import {
  createDepartmentRequest,
  departmentResponse,
  listDepartmentsResponse,
  updateDepartmentRequest,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { parseId } from '../http/input.js'
import { creatorOf, type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { createDepartment, deleteDepartment, listDepartments, updateDepartment } from './departments.js'

/** What the routes need. */
export interface DepartmentRoutesContext {
  database: Database
  clock: () => Date
  generateId: () => string
  gate: MemberGate
}

/** `/api/chat-widget/departments`. */
export function departmentRoutes(context: DepartmentRoutesContext): Router {
  const { database, clock, generateId } = context
  const whichOf = (organizationId: string, params: Record<string, string>) => ({
    organizationId,
    departmentId: parseId(params.id, 'department'),
  })
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/departments',
      action: 'department.list',
      answer: listDepartmentsResponse,
      run: async ({ actor: { organizationId } }) => ({
        departments: await listDepartments(database.of(organizationId), organizationId),
      }),
    }),
    memberRoute({
      method: 'post',
      path: '/departments',
      action: 'department.create',
      body: createDepartmentRequest,
      answer: departmentResponse,
      status: 201,
      run: ({ actor, body: { name, description = '' }, record }) =>
        database.transaction(actor.organizationId, async (transaction) => {
          const { organizationId } = actor
          const input = {
            organizationId,
            id: generateId(),
            name,
            description,
            createdBy: creatorOf(actor),
            now: clock(),
          }
          const department = await createDepartment(transaction, input)
          await record(transaction, { target: targetOf(department) })
          return { department }
        }),
    }),
    memberRoute({
      method: 'patch',
      path: '/departments/:id',
      action: 'department.update',
      body: updateDepartmentRequest,
      answer: departmentResponse,
      run: ({ actor: { organizationId }, params, body, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const { before, after } = await updateDepartment(transaction, whichOf(organizationId, params), body)
          const changes = {
            ...(before.name === after.name ? {} : { name: { from: before.name, to: after.name } }),
            ...(before.description === after.description
              ? {}
              : { description: { from: before.description, to: after.description } }),
          }
          if (Object.keys(changes).length > 0) await record(transaction, { target: targetOf(after), changes })
          return { department: after }
        }),
    }),
    memberRoute({
      method: 'delete',
      path: '/departments/:id',
      action: 'department.delete',
      run: ({ actor: { organizationId }, params, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const department = await deleteDepartment(transaction, whichOf(organizationId, params))
          await record(transaction, { target: targetOf(department) })
        }),
    }),
  ])
}

function targetOf({ id, name }: Department) {
  return { kind: 'department', id, name }
}
