import * as z from 'zod/mini'
import { serverId, timestamp } from '../entities.js'
import { lineOf, wordsOf } from '../text.js'

const name = lineOf(100)
const description = wordsOf(300)

/** `POST /api/chat-widget/departments`. */
export const createDepartmentRequest = z.strictObject({ name, description: z.optional(description) })

/** `PATCH /api/chat-widget/departments/:id`: what is absent stays. */
export const updateDepartmentRequest = z.strictObject({
  name: z.optional(name),
  description: z.optional(description),
})

/** A part of the team. */
export const department = z.object({ id: serverId, name: z.string(), description: z.string(), createdAt: timestamp })

/** Answers of `GET /api/chat-widget/departments`, and of what changes one. */
export const listDepartmentsResponse = z.object({ departments: z.array(department) })
export const departmentResponse = z.object({ department })

/** Answer of `GET /api/widget/departments`: those that the visitor's widget offers. */
export const offeredDepartmentsResponse = z.object({
  departments: z.array(z.object({ id: serverId, name: z.string(), description: z.string() })),
})
