import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ChatError } from '@chatdesk/protocol'
import { type FileStorage, STORAGE_KEY } from './file-storage.js'

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Files in a directory, for one server or for several that share the disk. */
export function diskStorage(directory: string): FileStorage {
  const pathOf = (key: string) => {
    if (!STORAGE_KEY.test(key)) throw new ChatError('INTERNAL', 'Not a key of a file.')
    return join(directory, key)
  }
  const use = async <T>(access: () => Promise<T>): Promise<T> => {
    try {
      return await access()
    } catch (cause) {
      throw ChatError.isInstance(cause)
        ? cause
        : new ChatError('UNAVAILABLE', 'The disk of the files fails.', { cause })
    }
  }
  return {
    write: (key, bytes) =>
      use(async () => {
        const path = pathOf(key)
        // Beside it, and under its name when all of it is on the disk: nobody reads half a file.
        const draft = `${path}~${randomBytes(6).toString('hex')}`
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        try {
          const file = await open(draft, 'wx', 0o600)
          try {
            await file.writeFile(bytes)
            await file.sync()
          } finally {
            await file.close()
          }
          await rename(draft, path)
        } catch (error) {
          await rm(draft, { force: true })
          throw error
        }
      }),
    read: (key, range) =>
      use(async () => {
        try {
          const file = await open(pathOf(key))
          return file.createReadStream(range ? { start: range.first, end: range.last } : {})
        } catch (error) {
          if (isMissing(error)) return undefined
          throw error
        }
      }),
    remove: (key) => use(() => rm(pathOf(key), { force: true })),
  }
}
