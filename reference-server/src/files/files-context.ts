import type { Database } from '../database/index.js'
import type { FewAtATime } from '../platform/few-at-a-time.js'
import type { Logger } from '../platform/logger.js'
import type { RateLimit } from '../platform/rate-limit.js'
import type { FileLinks } from './file-links.js'
import type { WithForm } from './read-form.js'
import type { FileStorage } from './storage/file-storage.js'

/** A file that is looked at before anybody can see it. */
export interface ScannedFile {
  organizationId: string
  fileId: string
  name: string
  mediaType: string
  bytes: Uint8Array
}

/** Looks for what would harm whoever opens a file. One that rejects, or does not answer in time, lets nothing through. */
export type ScanFile = (file: ScannedFile, signal: AbortSignal) => Promise<'clean' | 'harmful'>

/** How a server keeps files. */
export interface FilesOptions {
  storage: FileStorage
  /** Without it files are not looked at, beside their type. */
  scanFile?: ScanFile | undefined
}

/** How many bytes may be kept. */
export interface FileQuotas {
  /** Of one visitor's session, or one member, in 24 hours. Default 200 MiB. */
  bytesPerAuthor: number
  /** Of one organization. Default 20 GiB. */
  bytesPerOrganization: number
}

/** What the use cases of this folder need. */
export interface FilesContext {
  database: Database
  clock: () => Date
  generateId: () => string
  logger: Logger
  links: FileLinks
  /** Undefined: this server takes no files. */
  files: FilesOptions | undefined
  quotas: FileQuotas
  /** Uploads that one address begins. */
  uploadsPerAddress: RateLimit
  /** Bytes that visitors at one address announce. */
  bytesPerAddress: RateLimit
  /** Files that one address opens. */
  downloadsPerAddress: RateLimit
  withForm: WithForm
  /** Whole files are in memory while they are looked at. */
  inspecting: FewAtATime
}
