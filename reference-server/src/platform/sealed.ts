import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { ChatError } from '@chatdesk/protocol'

/** Where a secret stands. One that is carried to another place does not open there. */
export interface SealedPlace {
  organizationId: string
  /** Table, column and row: `identity_keys.secret/<id>`. */
  field: string
}

/** Keeps secrets that must be read again, such as keys of others, so that the database alone tells none of them. */
export interface Sealer {
  /** Throws `UNAVAILABLE` when this server was given no secret of its own. */
  seal(plain: string, place: SealedPlace): string
  /** Throws `UNAVAILABLE` when it was sealed with a secret that this server was not given, or for another place. */
  open(sealed: string, place: SealedPlace): string
}

/** Shortest secret of a server. */
export const SERVER_SECRET_LENGTH = 32

const IV_BYTES = 12
const TAG_BYTES = 16

interface SealingKey {
  id: string
  key: Buffer
}

function sealingKey(secret: string): SealingKey {
  const key = Buffer.from(hkdfSync('sha256', secret, 'chatdesk', 'sealed 1', 32))
  // Names the key and tells nothing of it.
  return { id: createHash('sha256').update('id').update(key).digest('hex').slice(0, 8), key }
}

/**
 * Seals with AES-256-GCM, under keys derived from the server's secrets: the first seals, all of them open, so that a new one
 * takes over while what the old one sealed is still read.
 */
export function createSealer(secrets: readonly string[]): Sealer {
  const keys = secrets.map(sealingKey)
  const aad = ({ organizationId, field }: SealedPlace) => Buffer.from(JSON.stringify([organizationId, field]))
  const unavailable = (message: string) => new ChatError('UNAVAILABLE', message)
  return {
    seal(plain, place) {
      const [first] = keys
      if (!first) throw unavailable('CHATDESK_SECRET is not set: this server can keep no secrets.')
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', first.key, iv, { authTagLength: TAG_BYTES }).setAAD(aad(place))
      const text = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `1.${first.id}.${text.toString('base64url')}`
    },
    open(sealed, place) {
      const [version, id, text = ''] = sealed.split('.')
      const found = version === '1' ? keys.find((key) => key.id === id) : undefined
      if (!found) throw unavailable('CHATDESK_SECRET does not hold the secret that this was sealed with.')
      const bytes = Buffer.from(text, 'base64url')
      try {
        const decipher = createDecipheriv('aes-256-gcm', found.key, bytes.subarray(0, IV_BYTES), {
          authTagLength: TAG_BYTES,
        })
        decipher.setAAD(aad(place)).setAuthTag(bytes.subarray(-TAG_BYTES))
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
      } catch {
        throw unavailable('A sealed secret was changed, or stands in another place.')
      }
    },
  }
}
