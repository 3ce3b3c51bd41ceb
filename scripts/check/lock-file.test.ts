import { expect, it } from 'vitest'
import { entryFaults, lockFileGate } from './lock-file.js'

const integrity = 'sha512-abc'

it('threat 91: an install script that is on no list is a fault', () => {
  expect(entryFaults({ 'node_modules/a/node_modules/b': { integrity, hasInstallScript: true } })).toHaveLength(1)
  expect(entryFaults({ 'node_modules/esbuild': { integrity, hasInstallScript: true } })).toEqual([])
})

it('threat 91: an entry without integrity, or from elsewhere, is a fault', () => {
  expect(entryFaults({ 'node_modules/a': {} })).toHaveLength(1)
  expect(entryFaults({ 'node_modules/a': { integrity, resolved: 'https://evil.example/a.tgz' } })).toHaveLength(1)
  expect(entryFaults({ 'node_modules/@chatdesk/core': { link: true }, 'packages/core': {} })).toEqual([])
})

it('threat 91: the lock file and the manifests of browser packages keep to the policy', async () => {
  expect(await lockFileGate.run()).toEqual({ ok: true, output: '' })
})
