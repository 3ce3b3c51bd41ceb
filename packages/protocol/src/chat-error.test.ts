import { describe, expect, it, vi } from 'vitest'
import { ChatError, toWireError } from './chat-error.js'
import { ERROR_CODES, type ErrorCode, HTTP_STATUS, LOCAL_ERROR_CODES } from './error-codes.js'
import { errorBody, wireError } from './schemas.js'

const codes = Object.keys(ERROR_CODES) as ErrorCode[]

describe('the table of codes', () => {
  it('[E1] is closed: every code has a status of its kind, and the schema knows these and no others', () => {
    expect(codes).toEqual([
      'BAD_FRAME',
      'VALIDATION_FAILED',
      'UNSUPPORTED_VERSION',
      'UNAUTHENTICATED',
      'FORBIDDEN_ORIGIN',
      'FORBIDDEN',
      'NOT_FOUND',
      'ID_REUSED',
      'OVERTAKEN',
      'PAYLOAD_TOO_LARGE',
      'FILE_TYPE_REFUSED',
      'FILE_UNSAFE',
      'QUOTA_EXCEEDED',
      'NOT_SUPPORTED',
      'RATE_LIMITED',
      'UNAVAILABLE',
      'INTERNAL',
    ])
    for (const code of codes) {
      const retryable = ERROR_CODES[code]
      const httpStatus = HTTP_STATUS[code]
      expect(httpStatus >= 400 && httpStatus < 600).toBe(true)
      // What the sender has to change is a 4xx and not worth repeating, nor is what is not there; the rest is a matter of time.
      expect(retryable).toBe((httpStatus >= 500 && httpStatus !== 501) || httpStatus === 429)
      expect(wireError.safeParse({ code, message: 'm' }).success).toBe(true)
    }
    for (const code of [...Object.keys(LOCAL_ERROR_CODES), 'toString', 'constructor', '', 7])
      expect(wireError.safeParse({ code, message: 'm' }).success).toBe(false)
  })

  it('[E1] local codes and wire codes have nothing in common', () => {
    expect(codes.filter((code) => code in LOCAL_ERROR_CODES)).toEqual([])
  })
})

describe('ChatError', () => {
  it('[E1] is retryable as its code is', () => {
    for (const code of codes) expect(new ChatError(code, 'm').retryable).toBe(ERROR_CODES[code])
    for (const code of ['OFFLINE', 'TIMEOUT', 'ABORTED', 'NOT_OPEN'] as const)
      expect(new ChatError(code, 'm').retryable).toBe(LOCAL_ERROR_CODES[code])
  })

  it('is known across two copies of this package, and nothing else is', async () => {
    vi.resetModules()
    const copy = await import('./chat-error.js')
    expect(copy.ChatError).not.toBe(ChatError)
    const foreign = new copy.ChatError('NOT_FOUND', 'm')
    expect(foreign instanceof ChatError).toBe(false)
    expect(ChatError.isInstance(foreign)).toBe(true)
    expect(copy.ChatError.isInstance(new ChatError('NOT_FOUND', 'm'))).toBe(true)
    for (const other of [null, undefined, 'ChatError', new Error('m'), { name: 'ChatError', code: 'NOT_FOUND' }])
      expect(ChatError.isInstance(other)).toBe(false)
  })

  it('[E1] reads an unknown code from the wire as INTERNAL', () => {
    for (const code of ['INVENTED_LATER', 'toString', 'constructor', '__proto__', 'OFFLINE', '']) {
      const error = ChatError.fromWire({ code: code as ErrorCode, message: 'm', retryAfterMs: 5 })
      expect(error).toMatchObject({ code: 'INTERNAL', message: 'm', retryAfterMs: 5, retryable: true })
    }
  })

  it('[E3] goes over the wire and comes back the same', () => {
    for (const code of codes) {
      const error = new ChatError(code, 'm', { field: 'f', retryAfterMs: 5, requestId: 'r' })
      const wire = JSON.parse(JSON.stringify(toWireError(error)))
      expect(errorBody.safeParse({ error: wire })).toEqual({ success: true, data: { error: wire } })
      expect(ChatError.fromWire(wire)).toEqual(error)
    }
  })

  it('[E4] neither cause nor stack leaves, and a local code becomes INTERNAL', () => {
    const cause = new Error('select * from secrets in /srv/app.ts')
    const sent = JSON.stringify(
      toWireError(new ChatError('INTERNAL', 'Something went wrong.', { cause, requestId: 'r' })),
    )
    expect(JSON.parse(sent)).toEqual({ code: 'INTERNAL', message: 'Something went wrong.', requestId: 'r' })
    const local = new ChatError('TIMEOUT', 'database at 10.0.0.7 is slow', { cause, field: 'f', requestId: 'r' })
    expect(JSON.parse(JSON.stringify(toWireError(local)))).toEqual({
      code: 'INTERNAL',
      message: 'Something went wrong on our side.',
      requestId: 'r',
    })
  })

  it('keeps its cause for the log', () => {
    const cause = new Error('c')
    expect(new ChatError('INTERNAL', 'm', { cause }).cause).toBe(cause)
    expect('cause' in new ChatError('INTERNAL', 'm')).toBe(false)
  })
})
