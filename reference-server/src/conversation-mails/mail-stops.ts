import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { ChatError } from '@chatdesk/protocol'
import { serverId } from '@chatdesk/protocol/schemas'
import type { Database } from '../database/index.js'

/** An address that an organization mails, by a keyed hash: of one that wants no mail, nothing more is kept. */
export interface StoppedAddress {
  organizationId: string
  addressHash: Buffer
}

/** Who wants no mail of an organization, and the links by which they say so. */
export interface MailStops {
  /** The part of a link that names this address, and works for ever: the mail that holds it is kept as long. */
  sign(organizationId: string, address: string): string
  /** What a link names; throws `FORBIDDEN` for one that is not ours. */
  read(signed: string): StoppedAddress
  /** From now on. Any number of times. */
  stop(stopped: StoppedAddress): Promise<void>
  isStopped(organizationId: string, address: string): Promise<boolean>
}

/** The first secret makes links, all of them are good: one that is exchanged must stand behind the new one for as long. */
export function createMailStops({
  database,
  clock,
  secrets,
}: {
  database: Database
  clock: () => Date
  secrets: readonly string[]
}): MailStops {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, 'chatdesk', 'mail stops 1', 32)))
  const hashOf = (key: Buffer, organizationId: string, address: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify(['address', organizationId, address.toLowerCase()]))
      .digest()
  const signatureOf = (key: Buffer, text: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify(['link', text]))
      .digest()
  return {
    sign(organizationId, address) {
      const [key] = keys
      if (!key)
        throw new ChatError('NOT_SUPPORTED', 'CHATDESK_SECRET is not set: nobody could say that they want no mail.')
      const text = `${organizationId}.${hashOf(key, organizationId, address).toString('base64url')}`
      return `${text}.${signatureOf(key, text).toString('base64url')}`
    },
    read(signed) {
      const [organizationId = '', hash = '', signature = ''] = signed.split('.')
      const given = Buffer.from(signature, 'base64url')
      const isOurs = keys.some((key) => {
        const expected = signatureOf(key, `${organizationId}.${hash}`)
        return given.length === expected.length && timingSafeEqual(given, expected)
      })
      if (!isOurs || !serverId.safeParse(organizationId).success)
        throw new ChatError('FORBIDDEN', 'This link is not good.')
      return { organizationId, addressHash: Buffer.from(hash, 'base64url') }
    },
    async stop({ organizationId, addressHash }) {
      const query = database.of(organizationId)
      // An organization that is gone mails nobody.
      const organization = await query
        .selectFrom('organizations')
        .select('id')
        .where('id', '=', organizationId)
        .executeTakeFirst()
      if (!organization) return
      await query
        .insertInto('mail_stops')
        .values({ organization_id: organizationId, address_hash: addressHash, created_at: clock() })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    async isStopped(organizationId, address) {
      const hashes = keys.map((key) => hashOf(key, organizationId, address))
      const stopped = await database
        .of(organizationId)
        .selectFrom('mail_stops')
        .select('address_hash')
        .where('organization_id', '=', organizationId)
        .where('address_hash', 'in', hashes)
        .executeTakeFirst()
      return stopped !== undefined
    },
  }
}
