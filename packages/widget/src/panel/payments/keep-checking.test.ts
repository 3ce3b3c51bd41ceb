import { describe, expect, it } from 'vitest'
import { keepChecking } from './keep-checking.js'

/** Runs it on a clock of its own, and answers with when it asked. */
async function asked(over: (passed: number) => boolean = () => false, answer: () => Promise<void> = async () => {}) {
  let passed = 0
  const at: number[] = []
  await keepChecking({
    check: () => {
      at.push(passed)
      return answer()
    },
    isOver: () => over(passed),
    wait: async (milliseconds) => {
      passed += milliseconds
    },
  })
  return at
}

describe('bug 11: after a window has gone', () => {
  it('it is asked at once, and after 3, 10, 30 and 60 seconds', async () => {
    expect(await asked()).toEqual([0, 3_000, 10_000, 30_000, 60_000])
  })

  it('no more once it is clear', async () => {
    expect(await asked((passed) => passed >= 10_000)).toEqual([0, 3_000])
    expect(await asked(() => true)).toEqual([])
  })

  it('again when there was no answer', async () => {
    const refuse = async () => {
      throw new Error('offline')
    }
    expect(await asked(undefined, refuse)).toEqual([0, 3_000, 10_000, 30_000, 60_000])
  })
})
