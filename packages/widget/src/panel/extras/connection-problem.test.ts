import type { ConnectionState } from '@chatdesk/core'
import { ChatError, ERROR_CODES, LOCAL_ERROR_CODES } from '@chatdesk/protocol'
import { describe, expect, it } from 'vitest'
import { englishTexts } from '../../text/en.js'
import { connectionProblem } from './connection-problem.js'
import type { VisitorErrorCode } from './error-text.js'

describe('connectionProblem', () => {
  const waiting = (code: 'OFFLINE' | 'UNAVAILABLE'): ConnectionState => {
    return { status: 'waiting', attempt: 1, retryAt: 0, error: new ChatError(code, 'x') }
  }

  const text = ({ code }: ChatError) => englishTexts[`error${code as VisitorErrorCode}`]

  it('has nothing to say when all is well', () => {
    expect(connectionProblem({ status: 'idle' }, englishTexts, 'disk', text)).toBeUndefined()
    expect(connectionProblem({ status: 'online', transport: 'websocket' }, englishTexts, 'disk', text)).toBeUndefined()
  })

  it('promises to keep messages only where they are kept', () => {
    expect(connectionProblem(waiting('OFFLINE'), englishTexts, 'disk', text)).toContain('kept on this device')
    expect(connectionProblem(waiting('OFFLINE'), englishTexts, 'memory', text)).toContain('Keep this page open')
    expect(connectionProblem(waiting('UNAVAILABLE'), englishTexts, 'disk', text)).toBe(englishTexts.reconnecting)
  })

  it('says the same while it tries again, and of the first attempt that it is one', () => {
    const again: ConnectionState = { status: 'connecting', attempt: 2, error: new ChatError('OFFLINE', 'x') }
    expect(connectionProblem(again, englishTexts, 'disk', text)).toBe(englishTexts.offline)
    const first: ConnectionState = { status: 'connecting', attempt: 1 }
    expect(connectionProblem(first, englishTexts, 'disk', text)).toBe(englishTexts.connecting)
  })

  it('has words for every error code that a visitor is told', () => {
    for (const code of [...Object.keys(ERROR_CODES), ...Object.keys(LOCAL_ERROR_CODES)] as ChatError['code'][]) {
      if (code === 'OVERTAKEN') continue
      expect(
        connectionProblem({ status: 'failed', error: new ChatError(code, 'x') }, englishTexts, 'disk', text),
      ).toMatch(/\.$/)
    }
  })

  it('says so plainly while the words for an error are on their way', () => {
    const failed: ConnectionState = { status: 'failed', error: new ChatError('NOT_FOUND', 'x') }
    expect(connectionProblem(failed, englishTexts, 'disk', () => undefined)).toBe(englishTexts.unreachable)
  })
})
