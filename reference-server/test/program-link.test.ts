import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('npm finds the program before anything is built, to link it', () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
  const { bin } = JSON.parse(read('../package.json'))
  expect(bin['chatdesk-server']).not.toContain('dist/')
  expect(read(`../${bin['chatdesk-server']}`)).toMatch(/^#!\/usr\/bin\/env node\n/)
})
