import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

/** What only a page has, or what a page has under another meaning than Node. */
const PAGE_GLOBALS = [
  'window',
  'document',
  'navigator',
  'location',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'WebSocket',
  'BroadcastChannel',
  'HTMLElement',
  'matchMedia',
] as const

/** Every entry that an application may import, test helpers apart. */
const ENTRIES = ['protocol', 'core', 'transports', 'identity', 'razorpay-checkout'].flatMap((folder) => {
  const manifest = JSON.parse(readFileSync(new URL(`../../packages/${folder}/package.json`, import.meta.url), 'utf8'))
  return Object.keys(manifest.exports)
    .filter((entry) => entry !== './package.json' && entry !== './testing')
    .map((entry) => `@chatdesk/${folder}${entry.slice(1)}`)
})

const touched: string[] = []
const before = PAGE_GLOBALS.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const)

beforeAll(() => {
  for (const name of PAGE_GLOBALS)
    Object.defineProperty(globalThis, name, { configurable: true, get: () => void touched.push(name) })
})
afterAll(() => {
  for (const [name, descriptor] of before) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor)
    else Reflect.deleteProperty(globalThis, name)
  }
})

it.each(ENTRIES)('%s can be imported in Node and asks for nothing of a page', async (entry) => {
  vi.resetModules()
  touched.length = 0
  const module = await import(/* @vite-ignore */ entry)
  expect(Object.keys(module)).not.toEqual([])
  expect(touched).toEqual([])
})

it('notices what is touched', () => {
  touched.length = 0
  void globalThis.navigator
  expect(touched).toEqual(['navigator'])
})
