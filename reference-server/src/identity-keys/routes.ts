import {
  createIdentityKeyRequest,
  createIdentityKeyResponse,
  deleteIdentityKeyRequest,
  listIdentityKeysResponse,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { parseId } from '../http/input.js'
import { type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import type { Sealer } from '../platform/sealed.js'
import { createIdentityKey, endIdentityKey, listIdentityKeys } from './identity-keys.js'

/** What the routes need. */
export interface IdentityKeyRoutesContext {
  database: Database
  clock: () => Date
  generateId: () => string
  gate: MemberGate
  sealer: Sealer
  allowPrivateJwks: boolean
}

const PATH = '/widgets/:id/identity-keys'

/** `/api/chat-widget/widgets/:id/identity-keys`: what proves a widget's users. */
export function identityKeyRoutes(context: IdentityKeyRoutesContext): Router {
  const { database, clock, generateId } = context
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: PATH,
      action: 'identityKey.list',
      answer: listIdentityKeysResponse,
      async run({ actor: { organizationId }, params }) {
        const of = { organizationId, widgetId: parseId(params.id, 'widget') }
        return { keys: await listIdentityKeys(database.of(organizationId), of, clock()) }
      },
    }),
    memberRoute({
      method: 'post',
      path: PATH,
      action: 'identityKey.create',
      body: createIdentityKeyRequest,
      answer: createIdentityKeyResponse,
      status: 201,
      async run({ actor: { organizationId }, params, body, record }) {
        const widgetId = parseId(params.id, 'widget')
        return await database.transaction(organizationId, async (transaction) => {
          const of = { organizationId, widgetId, id: generateId(), now: clock(), key: body }
          const made = await createIdentityKey(transaction, context, of)
          await record(transaction, { target: { kind: 'identityKey', id: made.key.id, name: made.key.kind } })
          return made
        })
      },
    }),
    memberRoute({
      method: 'delete',
      path: `${PATH}/:keyId`,
      action: 'identityKey.revoke',
      body: deleteIdentityKeyRequest,
      async run({ actor: { organizationId }, params, body: { afterHours = 0 }, record }) {
        const of = { organizationId, widgetId: parseId(params.id, 'widget') }
        const keyId = parseId(params.keyId, 'identity key')
        await database.transaction(organizationId, async (transaction) => {
          const { kind, expiresAt } = await endIdentityKey(transaction, { ...of, keyId, now: clock(), afterHours })
          const changes = { expiresAt: { from: null, to: expiresAt } }
          await record(transaction, { target: { kind: 'identityKey', id: keyId, name: kind }, changes })
        })
      },
    }),
  ])
}
