import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { ChatError } from '@chatdesk/protocol'

/** How long a link works, in milliseconds. */
const LINK_MS = 5 * 60_000

/** What a link opens: one file, as part of one conversation. */
export interface LinkedFile {
  organizationId: string
  conversationId: string
  fileId: string
}

/** Makes links to files that whoever has them may follow, for five minutes (U7). */
export interface FileLinks {
  /** The path, from the mount point on. */
  make(file: LinkedFile, now: Date): { path: string; expiresAt: string }
  /** What a link opens; throws `FORBIDDEN` for one that is not ours, or no longer good. */
  read(fileId: string, access: string, now: Date): LinkedFile
}

/** The first secret signs, all of them are good, as with what is sealed. */
export function createFileLinks(secrets: readonly string[]): FileLinks {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, 'chatdesk', 'file links 1', 32)))
  const sign = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()
  const textOf = ({ organizationId, conversationId, fileId }: LinkedFile, end: number) =>
    JSON.stringify([organizationId, conversationId, fileId, end])
  return {
    make(file, now) {
      const [key] = keys
      if (!key) throw new ChatError('NOT_SUPPORTED', 'This server takes no files: CHATDESK_SECRET is not set.')
      const end = now.getTime() + LINK_MS
      const signature = sign(key, textOf(file, end)).toString('base64url')
      const access = [file.organizationId, file.conversationId, end, signature].join('.')
      return { path: `/api/files/${file.fileId}?access=${access}`, expiresAt: new Date(end).toISOString() }
    },
    read(fileId, access, now) {
      const [organizationId = '', conversationId = '', digits = '', signature = ''] = access.split('.')
      const file = { organizationId, conversationId, fileId }
      const end = Number(digits)
      const given = Buffer.from(signature, 'base64url')
      const isOurs = keys.some((key) => {
        const expected = sign(key, textOf(file, end))
        return given.length === expected.length && timingSafeEqual(given, expected)
      })
      if (!isOurs || now.getTime() >= end) throw new ChatError('FORBIDDEN', 'This link is not good, or not any more.')
      return file
    },
  }
}
