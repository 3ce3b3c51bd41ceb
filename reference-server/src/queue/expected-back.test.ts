import { expect, it } from 'vitest'
import { expectedBack } from './expected-back.js'

const MINUTE = 60_000
const NOW = 1_000 * MINUTE
const gone = (minutes: number, backInMinutes: number | null = null) =>
  expectedBack(
    { since: NOW - minutes * MINUTE, backAt: backInMinutes === null ? null : NOW + backInMinutes * MINUTE },
    NOW,
  )

it('[L7] goes by what somebody has said, however long they have been gone', () => {
  expect(gone(0, 30)).toEqual({ backInMs: 30 * MINUTE, guessed: false })
  expect(gone(120, 1)).toEqual({ backInMs: MINUTE, guessed: false })
})

it('[L7] expects whoever has said nothing after as long as they have been gone, and nobody at once or after long', () => {
  expect([0, 4, 10].map((minutes) => gone(minutes))).toEqual([
    { backInMs: MINUTE, guessed: true },
    { backInMs: 4 * MINUTE, guessed: true },
    { backInMs: 10 * MINUTE, guessed: true },
  ])
  expect(expectedBack({ since: NOW - 10 * MINUTE - 1, backAt: null }, NOW)).toBeNull()
})

it('[L7] guesses that whoever is late will be there in a moment, and after ten minutes that nobody knows', () => {
  expect(gone(30, 0)).toEqual({ backInMs: 3 * MINUTE, guessed: true })
  expect(gone(40, -10)).toEqual({ backInMs: 3 * MINUTE, guessed: true })
  expect(gone(45, -15)).toBeNull()
})
