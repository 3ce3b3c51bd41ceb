import type { ConnectionState } from '@chatdesk/core'
import { ChatError, ERROR_CODES, LOCAL_ERROR_CODES } from '@chatdesk/protocol'
import { describe, expect, it } from 'vitest'
import { englishTexts } from '../../text/en.js'
import { connectionProblem } from './connection-problem.js'

describe('connectionProblem', () => {
  const waiting = (code: 'OFFLINE' | 'UNAVAILABLE'): ConnectionState => {
    return { status: 'waiting', attempt: 1, retryAt: 0, error: new ChatError(code, 'x') }
  }

  it('has nothing to say when all is well', () => {
    expect(connectionProblem({ status: 'idle' }, englishTexts, 'disk')).toBeUndefined()
    expect(connectionProblem({ status: 'online', transport: 'websocket' }, englishTexts, 'disk')).toBeUndefined()
  })

  it('promises to keep messages only where they are kept', () => {
    expect(connectionProblem(waiting('OFFLINE'), englishTexts, 'disk')).toContain('kept on this device')
    expect(connectionProblem(waiting('OFFLINE'), englishTexts, 'memory')).toContain('Keep this page open')
    expect(connectionProblem(waiting('UNAVAILABLE'), englishTexts, 'disk')).toBe(englishTexts.reconnecting)
  })

  it('has words for every error code', () => {
    for (const code of [...Object.keys(ERROR_CODES), ...Object.keys(LOCAL_ERROR_CODES)] as ChatError['code'][]) {
      expect(connectionProblem({ status: 'failed', error: new ChatError(code, 'x') }, englishTexts, 'disk')).toMatch(
        /\.$/,
      )
    }
  })
})
