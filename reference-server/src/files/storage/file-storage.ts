/** Which bytes of an object: the first and the last of them. */
export interface ByteRange {
  first: number
  last: number
}

/**
 * Keeps objects of bytes by key; knows nothing of what they are. Keys are made by us: an organization's id, a slash, and letters,
 * digits and dots that nobody can guess. Fails with `UNAVAILABLE`. The contract is `testFileStorage`.
 */
export interface FileStorage {
  /** Writes a whole object or none; resolves when it will be read again, whatever happens to this process. */
  write(key: string, bytes: Uint8Array): Promise<void>
  /** The object, or a part of it that it has, piece by piece; undefined when there is none. */
  read(key: string, range?: ByteRange): Promise<AsyncIterable<Uint8Array> | undefined>
  /** Removes it, if it is there. */
  remove(key: string): Promise<void>
}

/** What a key looks like; a driver takes nothing else, since it makes paths of it. */
export const STORAGE_KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[0-9a-z]{8,64}(\.\d{1,6})?$/
