import { expect, it } from 'vitest'
import { SERVER_FRAME_FIXTURES } from '../__fixtures__/server-frames.js'
import type { MessagePart, ServerFrame } from '../types.js'
import { parseServerFrame } from './parse-server-frame.js'
import { readPart } from './read-part.js'

const choices: MessagePart = { type: 'choices', text: 'Shall we?', choices: [{ id: 'a', text: 'Yes' }] }
const unknown = { type: 'hologram', text: 'In words', depth: 3 } as unknown as MessagePart

it('[X7] a part is as it is, or its text where this client cannot draw it', () => {
  expect(readPart(choices)).toBe(choices)
  const words = { type: 'text', text: 'Shall we?' }
  expect(readPart({ ...choices, choices: 'none' } as unknown as MessagePart)).toEqual(words)
  expect(readPart({ ...choices, choices: [{ id: 7 }] } as unknown as MessagePart)).toEqual(words)
  expect(readPart(unknown)).toEqual({ type: 'text', text: 'In words' })
  expect(readPart({ ...unknown, type: 'constructor' } as unknown as MessagePart)).toMatchObject({ type: 'text' })
})

it('[X7] a part of a type that comes later makes no malformed frame, which would be a hole for ever', () => {
  const [message] = SERVER_FRAME_FIXTURES['message.created'].valid as ServerFrame[]
  expect(parseServerFrame(JSON.stringify({ ...message, parts: [unknown] }))).toMatchObject({ ok: true })
})
