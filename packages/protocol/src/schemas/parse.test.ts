import { describe, expect, it } from 'vitest'
import { CLIENT_FRAME_FIXTURES } from '../__fixtures__/client-frames.js'
import { LIMITS } from '../limits.js'
import { clientFrame, sendMessageRequest } from '../schemas.js'
import { parseClientFrame, parseWith } from './parse.js'

const fixtures = Object.values(CLIENT_FRAME_FIXTURES)
const bytesOf = (text: string) => new TextEncoder().encode(text).length
/** A good frame of exactly this many bytes, filled up with a field that is ignored. */
function frameOfBytes(bytes: number, filling: string): string {
  const empty = JSON.stringify({ type: 'ping', filling: '' })
  const room = bytes - bytesOf(empty)
  const size = bytesOf(filling)
  return JSON.stringify({ type: 'ping', filling: filling.repeat(Math.floor(room / size)) + 'x'.repeat(room % size) })
}
/** A good frame with a field that makes it this many levels deep, the frame itself counted. */
function frameOfDepth(depth: number, open: '[' | '{"a":'): string {
  const close = open === '[' ? ']' : '}'
  const inner = depth - 1
  return `{"type":"ping","filling":${open.repeat(inner - 1)}${open === '[' ? '[]' : '{}'}${close.repeat(inner - 1)}}`
}

describe('parseClientFrame', () => {
  it('[F1] there is a fixture for every type', () => {
    const types = clientFrame._zod.def.options.flatMap((option) => [...option._zod.def.shape.type._zod.def.values])
    expect(Object.keys(CLIENT_FRAME_FIXTURES).sort()).toEqual(types.sort())
    for (const [type, { valid }] of Object.entries(CLIENT_FRAME_FIXTURES)) expect(valid.type).toBe(type)
  })

  it('[F2] refuses a server id in upper case, which is another text than the id', () => {
    const end = CLIENT_FRAME_FIXTURES['conversation.end'].valid
    const text = JSON.stringify({ ...end, conversationId: '0190F0C4-7B2A-7C3D-8E4F-5A6B7C8D9E0F' })
    expect(parseClientFrame(text)).toMatchObject({ ok: false, error: { field: 'conversationId' } })
  })

  it.each(fixtures)('[F2] takes a good $valid.type', ({ valid }) => {
    const commandId = 'commandId' in valid ? { commandId: valid.commandId } : {}
    expect(parseClientFrame(JSON.stringify(valid))).toEqual({ ok: true, value: valid, ...commandId })
  })

  it.each(fixtures.filter(({ valid }) => valid.type !== 'ping'))(
    '[E2] refuses a bad $valid.type and names the field',
    ({ invalid: { frame, field } }) => {
      const result = parseClientFrame(JSON.stringify(frame))
      expect(result).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED', field } })
    },
  )

  it.each([
    '',
    '{',
    'null',
    'true',
    '7',
    '"ping"',
    '[]',
    '[{"type":"ping"}]',
    '{}',
    '{"type":7}',
    '{"type":null}',
    '{"type":["ping"]}',
    '{"type":"Ping"}',
    '{"type":"toString"}',
    '{"type":"__proto__"}',
    '{"type":"session.ready"}',
    JSON.stringify(CLIENT_FRAME_FIXTURES.ping.invalid.frame),
  ])('[F2] refuses %j as BAD_FRAME', (text) => {
    expect(parseClientFrame(text)).toMatchObject({ ok: false, error: { code: 'BAD_FRAME' } })
  })

  it('[F3] drops unknown fields on every level', () => {
    const { valid } = CLIENT_FRAME_FIXTURES['message.send']
    const parts = valid.parts.map((part) => ({ ...part, html: '<b>' }))
    const text = JSON.stringify({ ...valid, parts, author: { kind: 'agent' }, seq: 1 }).replace(
      '{',
      '{"__proto__":{"admin":true},',
    )
    const result = parseClientFrame(text)
    expect(result).toEqual({ ok: true, value: valid, commandId: valid.commandId })
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it('[F4] gives the command id back with a refusal, where there is one to read', () => {
    expect(parseClientFrame('{"type":"weather.set","commandId":"command-0001"}').commandId).toBe('command-0001')
    expect(parseClientFrame('{"type":"message.send","commandId":"command-0001"}').commandId).toBe('command-0001')
    expect(parseClientFrame('{"type":"message.send","commandId":7}')).not.toHaveProperty('commandId')
    expect(parseClientFrame(`{"type":"message.send","commandId":"${'x'.repeat(65)}"}`)).not.toHaveProperty('commandId')
    expect(parseClientFrame('{"commandId":"command-0001"')).not.toHaveProperty('commandId')
  })

  it.each(['x', 'é', '€', '😀'])('[F5] counts bytes: a frame of %s may have 65,536 of them and no more', (filling) => {
    const largest = frameOfBytes(LIMITS.frameBytes, filling)
    expect(bytesOf(largest)).toBe(65_536)
    expect(parseClientFrame(largest)).toMatchObject({ ok: true })
    const over = frameOfBytes(LIMITS.frameBytes + 1, filling)
    expect(parseClientFrame(over)).toMatchObject({ ok: false, error: { code: 'PAYLOAD_TOO_LARGE' } })
  })

  it.each(['[', '{"a":'] as const)('[F5] a frame may have 16 levels of %s and no more', (open) => {
    expect(parseClientFrame(frameOfDepth(16, open))).toMatchObject({ ok: true })
    expect(parseClientFrame(frameOfDepth(17, open))).toMatchObject({ ok: false, error: { code: 'BAD_FRAME' } })
  })

  it('threat 46: the largest and deepest frames are refused without harm', () => {
    for (const text of [
      '['.repeat(LIMITS.frameBytes),
      '{"a":'.repeat(LIMITS.frameBytes / 5),
      `${'['.repeat(32_000)}${']'.repeat(32_000)}`,
      `{"type":"ping","a":${'['.repeat(32_000)}${']'.repeat(32_000)}}`,
      `{"type":"ping","a":[${'[],'.repeat(21_000)}[]]}`,
      'x'.repeat(10_000_000),
    ]) {
      const result = parseClientFrame(text)
      if (!result.ok) expect(['BAD_FRAME', 'PAYLOAD_TOO_LARGE']).toContain(result.error.code)
    }
    expect(parseClientFrame('{"type":"ping"}').ok).toBe(true)
  })
})

describe('parseWith', () => {
  it('[E2] says "body" where there is no field to name', () => {
    expect(parseWith(clientFrame, 7)).toMatchObject({ ok: false, error: { message: expect.stringMatching(/^body: /) } })
  })

  it('[X1] reads a message of the REST API as text or as parts, cleaned alike', () => {
    const clientMessageId = 'message-0001'
    const expected = { ok: true, value: { clientMessageId, parts: [{ type: 'text', text: 'a\nb' }] } }
    expect(parseWith(sendMessageRequest, { clientMessageId, text: 'a\r\nb\u0000' })).toEqual(expected)
    expect(parseWith(sendMessageRequest, { clientMessageId, parts: [{ type: 'text', text: 'a\rb' }] })).toEqual(
      expected,
    )
  })
})
