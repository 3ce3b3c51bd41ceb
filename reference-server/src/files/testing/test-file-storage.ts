import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileStorage } from '../storage/file-storage.js'

/** What the suite runs on. */
export interface FileStorageUnderTest {
  storage: FileStorage
  close(): Promise<void>
}

/** What every driver must do; run it on a storage of your own as well. */
export function testFileStorage(name: string, create: () => Promise<FileStorageUnderTest>): void {
  describe(`the file storage ${name}`, () => {
    let under: FileStorageUnderTest
    let storage: FileStorage
    beforeAll(async () => {
      under = await create()
      storage = under.storage
    })
    afterAll(() => under.close())

    const newKey = () => `${randomUUID()}/${randomBytes(16).toString('hex')}`
    const read = async (...asked: Parameters<FileStorage['read']>) => {
      const pieces: Uint8Array[] = []
      for await (const piece of (await storage.read(...asked)) ?? []) pieces.push(piece)
      return Buffer.concat(pieces)
    }

    it('gives back what was written, byte for byte', async () => {
      const [key, bytes] = [newKey(), randomBytes(300_000)]
      await storage.write(key, bytes)
      expect(bytes.equals(await read(key))).toBe(true)
    })
    it('gives back a part of it', async () => {
      const [key, bytes] = [newKey(), randomBytes(1_000)]
      await storage.write(key, bytes)
      expect((await read(key, { first: 10, last: 19 })).equals(bytes.subarray(10, 20))).toBe(true)
      expect((await read(key, { first: 999, last: 999 })).equals(bytes.subarray(999))).toBe(true)
    })
    it('takes the later of two objects under one key', async () => {
      const key = newKey()
      for (const text of ['first, and longer', 'second']) await storage.write(key, Buffer.from(text))
      expect(String(await read(key))).toBe('second')
    })
    it('keeps objects of one name apart that belong to two organizations', async () => {
      const name = randomBytes(16).toString('hex')
      const keys = [`${randomUUID()}/${name}`, `${randomUUID()}/${name}`, `${randomUUID()}/${name}.1`]
      for (const key of keys) await storage.write(key, Buffer.from(key))
      for (const key of keys) expect(String(await read(key))).toBe(key)
    })
    it('says that there is none', async () => {
      expect(await storage.read(newKey())).toBeUndefined()
      expect(await storage.read(newKey(), { first: 0, last: 5 })).toBeUndefined()
    })
    it('removes an object, and does not mind when there is none', async () => {
      const key = newKey()
      await storage.write(key, Buffer.from('x'))
      await storage.remove(key)
      expect(await storage.read(key)).toBeUndefined()
      await storage.remove(key)
    })
    it.each([
      '../outside',
      '/etc/passwd',
      `${randomUUID()}/../../x`,
      `${randomUUID()}/..`,
      `${randomUUID()}/a b?c#d`,
      '',
    ])('threat 59: the key %j is no way out', async (key) => {
      await expect(storage.write(key, Buffer.from('x'))).rejects.toMatchObject({ code: 'INTERNAL' })
      await expect(storage.read(key)).rejects.toMatchObject({ code: 'INTERNAL' })
      await expect(storage.remove(key)).rejects.toMatchObject({ code: 'INTERNAL' })
    })
  })
}
