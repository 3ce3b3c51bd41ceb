import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PAYMENT_BUGS } from './bugs.js'
import { runBug } from './run-bug.js'

describe('known bugs of payments', () => {
  it('stand in the sources as they are now, and are asked of tests that are there', () => {
    for (const { file, before, tests } of PAYMENT_BUGS) {
      expect(readFileSync(file, 'utf8').split(before), `${before} in ${file}`).toHaveLength(2)
      expect(readFileSync(tests.file, 'utf8')).toContain(`'${tests.name}`)
    }
  })

  it('stand for every row of the list', () => {
    const rows = new Set(PAYMENT_BUGS.map(({ row }) => row))
    expect([...rows]).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
  })

  it.each(PAYMENT_BUGS)(
    'bug $row is found when it is put back: $what',
    async (bug) => {
      expect(await runBug(bug)).toEqual({ kind: 'found' })
    },
    180_000,
  )

  it('a test that passes finds nothing, and a name that no test has is no answer', async () => {
    const [bug] = PAYMENT_BUGS
    if (!bug) throw new Error('no bug')
    expect(await runBug(bug, { healthy: true })).toEqual({ kind: 'not_found' })
    const tests = { ...bug.tests, name: 'no such test' }
    expect(await runBug({ ...bug, tests })).toEqual({ kind: 'broken', why: 'no test has this name' })
  }, 180_000)
})
