import type { ConnectionState } from '@chatdesk/core'
import { ChatError, ERROR_CODES, LOCAL_ERROR_CODES } from '@chatdesk/protocol'
import { describe, expect, it } from 'vitest'
import { panelTexts } from '../../text/en.js'
import { initialsOf, ownPicture } from './author-look.js'
import { connectionProblem } from './connection-problem.js'

describe('initialsOf', () => {
  it.each([
    ['Asha', 'A'],
    ['asha rao', 'AR'],
    ['  Asha  Kumari   Rao ', 'AR'],
    ['😀 Smith', '😀S'],
    ['आशा राव', 'आर'],
    ['', ''],
  ])('%j gives %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})

describe('ownPicture', () => {
  const origin = 'https://chat.example'

  it('takes pictures of the server, whole or by path', () => {
    expect(ownPicture('https://chat.example/a.png', origin)).toBe('https://chat.example/a.png')
    expect(ownPicture('/a.png', origin)).toBe('https://chat.example/a.png')
  })

  it.each([
    'https://tracker.example/a.png',
    '//tracker.example/a.png',
    'http://chat.example/a.png',
    'data:image/png,x',
    'javascript:1',
    'http://[',
    undefined,
  ])('takes none from %s', (address) => {
    expect(ownPicture(address, origin)).toBeUndefined()
  })
})

describe('connectionProblem', () => {
  const waiting = (code: 'OFFLINE' | 'UNAVAILABLE'): ConnectionState => {
    return { status: 'waiting', attempt: 1, retryAt: 0, error: new ChatError(code, 'x') }
  }

  it('has nothing to say when all is well', () => {
    expect(connectionProblem({ status: 'idle' }, panelTexts, 'disk')).toBeUndefined()
    expect(connectionProblem({ status: 'online', transport: 'websocket' }, panelTexts, 'disk')).toBeUndefined()
  })

  it('promises to keep messages only where they are kept', () => {
    expect(connectionProblem(waiting('OFFLINE'), panelTexts, 'disk')).toContain('kept on this device')
    expect(connectionProblem(waiting('OFFLINE'), panelTexts, 'memory')).toContain('Keep this page open')
    expect(connectionProblem(waiting('UNAVAILABLE'), panelTexts, 'disk')).toBe(panelTexts.reconnecting)
  })

  it('has words for every error code', () => {
    for (const code of [...Object.keys(ERROR_CODES), ...Object.keys(LOCAL_ERROR_CODES)] as ChatError['code'][]) {
      expect(connectionProblem({ status: 'failed', error: new ChatError(code, 'x') }, panelTexts, 'disk')).toMatch(
        /\.$/,
      )
    }
  })
})
