import type { KeyValueStorage } from '@chatdesk/core'
import { describe, expect, it } from 'vitest'

/** What the suite runs on. */
export interface KeyValueStorageContractOptions {
  /** An empty storage for each test. */
  create: () => KeyValueStorage | Promise<KeyValueStorage>
  /** A second storage over what the first one keeps; absent when nothing outlives the object. */
  reopen?: () => KeyValueStorage | Promise<KeyValueStorage>
}

/** Declares the contract of a `KeyValueStorage`. */
export function testKeyValueStorage(name: string, { create, reopen }: KeyValueStorageContractOptions): void {
  describe(`key-value storage contract: ${name}`, () => {
    it('says null for what was never set', async () => {
      const storage = await create()
      expect(await storage.get('absent')).toBeNull()
      expect(await storage.get('toString')).toBeNull()
    })

    it('gives back what was set last, each key by itself', async () => {
      const storage = await create()
      await storage.set('a', 'first')
      await storage.set('ab', 'another')
      await storage.set('a', 'second')
      expect(await storage.get('a')).toBe('second')
      expect(await storage.get('ab')).toBe('another')
      expect(await storage.get('b')).toBeNull()
    })

    it('keeps any text whole', async () => {
      const storage = await create()
      for (const text of ['', ' ', 'a=b; c="d", e%20f%', '{"json":[1,"ü"]}', 'नमस्ते 👋\n\t', '\u0000']) {
        await storage.set('key; with=all %', text)
        expect(await storage.get('key; with=all %')).toBe(text)
      }
    })

    it('removes a key, also one that is not there', async () => {
      const storage = await create()
      await storage.set('a', 'x')
      await storage.set('b', 'y')
      await storage.remove('a')
      await storage.remove('a')
      expect(await storage.get('a')).toBeNull()
      expect(await storage.get('b')).toBe('y')
    })

    if (reopen)
      it('keeps values when it is opened again', async () => {
        const storage = await create()
        await storage.set('a', 'kept')
        expect(await (await reopen()).get('a')).toBe('kept')
      })
  })
}
