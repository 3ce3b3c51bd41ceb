import { manualClock, settle } from '@chatdesk/core/testing'
import { expect, it, vi } from 'vitest'
import { ask } from './ask.js'

it('asks one after the other, each what the one before has made of it', async () => {
  const clock = manualClock()
  const add = (letter: string) => async (text: string) => text + letter
  expect(await ask([add('b'), () => undefined, () => true, add('c')], 'a', clock)).toBe('abc')
  const never = vi.fn()
  expect(await ask([() => false, never], 'a', clock)).toBeNull()
  expect(never).not.toHaveBeenCalled()
  expect(clock.pending).toBe(0)
})

it('waits for two seconds, and goes on without an answer', async () => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
  const clock = manualClock()
  const answered = vi.fn()
  const late = ask([() => new Promise<boolean>(() => {})], 'a', clock).then(answered)
  await clock.advance(1_999)
  expect(answered).not.toHaveBeenCalled()
  await clock.advance(1)
  await late
  await settle()
  expect(answered).toHaveBeenCalledExactlyOnceWith('a')
  expect(errors).toHaveBeenCalledOnce()
})
