import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './gate.js'
import { isRisky, patternsIn } from './patterns.js'

const FOLDERS = ['core', 'identity', 'protocol', 'razorpay-checkout', 'react', 'transports', 'vue', 'widget']
  .map((name) => `packages/${name}/src`)
  .concat('reference-server/src', 'reference-server/console/src')

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|testing\//.test(name))
    .map((name) => join(ROOT, folder, name)),
)

it('threat 49: no pattern of ours takes more than linear time', () => {
  const all = sources.map((file) => ({ file, literals: patternsIn(readFileSync(file, 'utf8')) }))
  expect(all.flatMap(({ literals }) => literals).length).toBeGreaterThan(90)
  expect(all.flatMap(({ file, literals }) => literals.filter(isRisky).map((text) => `${file}: ${text}`))).toEqual([])
})

it.each([
  '/(a+)+$/',
  '/(a*)*b/',
  '/(a|a)*b/',
  '/(a{1,}){2,}$/',
  '/(a+)(a+)$/',
  '/(?:x|y+)*/',
  '/([\\w.]+\\s?){2,}/',
  '/\\s*,?\\s*/',
  '/\\d+\\d+$/',
])('threat 49: %s would be found', (pattern) =>
  expect(isRisky(patternsIn(`const found = ${pattern}`)[0] ?? '')).toBe(true),
)
