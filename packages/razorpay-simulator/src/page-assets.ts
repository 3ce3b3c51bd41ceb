import { readFileSync } from 'node:fs'

/** What browsers are given, by path; read once. Stands beside the entries, so that the way to the files is the same when built. */
const FILES = {
  '/v1/checkout.js': { file: 'checkout.js', type: 'text/javascript' },
  '/checkout/frame': { file: 'frame.html', type: 'text/html' },
  '/checkout/pay.js': { file: 'pay.js', type: 'text/javascript' },
  '/checkout/pay.css': { file: 'pay.css', type: 'text/css' },
  '/l': { file: 'link.html', type: 'text/html' },
} as const

/** A file as browsers get it. */
export interface PageAsset {
  readonly type: string
  readonly text: string
}

const loaded = new Map<string, PageAsset>()

/** The file at a path, or nothing if there is none. */
export function pageAsset(path: string): PageAsset | undefined {
  if (!Object.hasOwn(FILES, path)) return undefined
  const { file, type } = FILES[path as keyof typeof FILES]
  const asset = loaded.get(path) ?? { type, text: readFileSync(new URL(`../assets/${file}`, import.meta.url), 'utf8') }
  loaded.set(path, asset)
  return asset
}
