import type { Database } from '../database/index.js'
import type { Sealer } from '../platform/sealed.js'
import { generateVAPIDKeys } from './web-push.js'

/** Proves to push services that the same server pushes. */
export interface ServerKey {
  publicKey: string
  privateKey: string
}

const NAME = 'push'
const PLACE = { organizationId: '', field: `server_keys.sealed_private_key/${NAME}` }

/**
 * The server's key, made when it is asked for the first time; all nodes have the same. Throws `UNAVAILABLE` where this server
 * keeps no secrets.
 */
export async function loadServerKey(database: Database, sealer: Sealer, now: Date): Promise<ServerKey> {
  const read = () => database.system.selectFrom('server_keys').selectAll().where('name', '=', NAME).executeTakeFirst()
  const known = await read()
  if (!known) {
    const { publicKey, privateKey } = generateVAPIDKeys()
    await database.system
      .insertInto('server_keys')
      .values({
        name: NAME,
        public_key: publicKey,
        sealed_private_key: sealer.seal(privateKey, PLACE),
        created_at: now,
      })
      // Another node was first.
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  const row = known ?? (await read())
  if (!row) throw new Error('the key of the server is gone')
  return { publicKey: row.public_key, privateKey: sealer.open(row.sealed_private_key, PLACE) }
}
