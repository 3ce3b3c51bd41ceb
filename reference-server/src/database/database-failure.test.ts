import { describe, expect, it } from 'vitest'
import { isPassingFailure } from './database-failure.js'

const failure = (code: string) => Object.assign(new Error('x'), { code })

describe('isPassingFailure', () => {
  it.each(['08006', '53300', '57P01', '40001', '40P01', '25006', 'ECONNREFUSED'])('%s passes', (code) => {
    expect(isPassingFailure(failure(code))).toBe(true)
  })

  it.each(['23505', '42P01', '22021', '25001', ''])('%j stays', (code) => {
    expect(isPassingFailure(failure(code))).toBe(false)
  })
})
