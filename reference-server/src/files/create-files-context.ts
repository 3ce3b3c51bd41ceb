import type { Database } from '../database/index.js'
import { fewAtATime } from '../platform/few-at-a-time.js'
import type { Logger } from '../platform/logger.js'
import { createRateLimit, type RateLimitOptions } from '../platform/rate-limit.js'
import { createFileLinks } from './file-links.js'
import type { FileQuotas, FilesContext, FilesOptions } from './files-context.js'
import { createForms } from './read-form.js'

/** How much of files is taken. */
export interface FileLimits extends FileQuotas {
  /** Uploads that one network address begins. Default 120 in 60 seconds. */
  uploadsPerAddress: RateLimitOptions
  /** Bytes that visitors at one network address announce, in whatever sessions. Default 1 GiB in an hour. */
  bytesPerAddress: RateLimitOptions
  /** Files that one network address opens. Default 1,200 in 60 seconds. */
  downloadsPerAddress: RateLimitOptions
}

const DEFAULT_LIMITS: FileLimits = {
  bytesPerAuthor: 200 * 1024 ** 2,
  bytesPerOrganization: 20 * 1024 ** 3,
  uploadsPerAddress: { points: 120, seconds: 60 },
  bytesPerAddress: { points: 1024 ** 3, seconds: 3_600 },
  downloadsPerAddress: { points: 1_200, seconds: 60 },
}

/** Each holds a whole file in memory. */
const INSPECTIONS = { atOnce: 4, waiting: 100, refusal: 'Many files come in. Try again.' }

/** What the use cases of files need. Without a secret nobody could be given a link: no files are taken then. */
export function createFilesContext(input: {
  database: Database
  clock: () => Date
  generateId: () => string
  logger: Logger
  files: FilesOptions | undefined
  secrets: readonly string[]
  limits: Partial<FileLimits> | undefined
}): FilesContext {
  const { database, clock, generateId, logger, files, secrets } = input
  const { uploadsPerAddress, bytesPerAddress, downloadsPerAddress, ...quotas } = { ...DEFAULT_LIMITS, ...input.limits }
  return {
    ...{ database, clock, generateId, logger, quotas },
    files: secrets.length > 0 ? files : undefined,
    links: createFileLinks(secrets),
    uploadsPerAddress: createRateLimit(uploadsPerAddress),
    bytesPerAddress: createRateLimit(bytesPerAddress),
    downloadsPerAddress: createRateLimit(downloadsPerAddress),
    withForm: createForms(),
    inspecting: fewAtATime(INSPECTIONS),
  }
}
