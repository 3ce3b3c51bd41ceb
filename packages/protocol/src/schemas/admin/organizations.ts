import * as z from 'zod/mini'
import { ownName } from '../auth.js'
import { serverId, timestamp } from '../entities.js'

/** A tenant. */
export const organization = z.object({ id: serverId, name: z.string(), createdAt: timestamp })

/** Answer of `GET` and `PATCH /api/chat-widget/organization`, and of `POST …/organizations`. */
export const organizationResponse = z.object({ organization })

/** `PATCH /api/chat-widget/organization`. */
export const updateOrganizationRequest = z.strictObject({ name: ownName })

/** `POST /api/chat-widget/organizations`. */
export const createOrganizationRequest = z.strictObject({ name: ownName })

/** `DELETE /api/chat-widget/organizations/:id`: its name, typed again. */
export const deleteOrganizationRequest = z.strictObject({ name: z.string().check(z.maxLength(100)) })

/** Answer of `GET /api/chat-widget/organizations`, by name. */
export const listOrganizationsResponse = z.object({
  organizations: z.array(z.extend(organization, { widgets: z.int(), members: z.int() })),
})
