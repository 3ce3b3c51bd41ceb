import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { PARTS } from '../panel/anatomy.js'
import { deriveColors } from './derive-colors.js'
import { TOKENS } from './tokens.js'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const tokens = Object.keys(TOKENS).sort()
/** What only the panel itself sets: the part of the page that a keyboard on the screen leaves free. */
const INTERNAL = ['viewport-height', 'viewport-top']
/** Of the launcher, which is drawn before there is a panel. */
const LAUNCHER_PARTS = ['launcher', 'badge', 'notice']

const styles = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.css'))
  .map((name) => read(`./${name}`))
const css = [...styles, read('../launcher/launcher.css')].join('\n')
const named = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort()

it('are all that style sheets ask for', () => {
  const used = named(css, /var\(--chatdesk-([\w-]+)/g).filter((name) => !INTERNAL.includes(`${name}`))
  expect(used.filter((name) => !tokens.includes(`${name}`))).toEqual([])
  expect(tokens.filter((name) => !used.includes(name))).toEqual([])
})

it('include every colour that is derived', () => {
  expect(Object.keys(deriveColors('#3b82f6', 'light')).filter((name) => !tokens.includes(name))).toEqual([])
})

it('are listed in the documents, and so are the parts', () => {
  const page = read('../../../../docs/theming.md')
  expect(named(page, /^\| `--chatdesk-([\w-]+)`/gm)).toEqual(tokens)
  expect(named(page, /^\| `::part\(([\w-]+)\)`/gm)).toEqual([...PARTS, ...LAUNCHER_PARTS].sort())
})
