import { expect, it } from 'vitest'
import { weighWritten } from './weigh-written.js'

it.each([
  [{ promptTokens: 10, said: 0 }, 0],
  [{ promptTokens: 10, said: 1 }, 1],
  [{ promptTokens: 10, said: 9 }, 3],
  [{ promptTokens: 10, said: 9, most: 400 }, 400],
])(
  '[B8] an answer of unknown usage weighs by what has come, or the most that it may be: %o',
  (answer, completionTokens) => {
    expect(weighWritten(answer)).toEqual({ promptTokens: 10, completionTokens, estimated: true })
  },
)
