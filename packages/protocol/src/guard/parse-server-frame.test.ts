import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderGuard } from '../../scripts/render-guard.js'
import { SERVER_FRAME_FIXTURES } from '../__fixtures__/server-frames.js'
import { serverFrame } from '../schemas.js'
import { parseServerFrame } from './parse-server-frame.js'
import { parseVisitorFrame } from './parse-visitor-frame.js'

const fixtures = Object.entries(SERVER_FRAME_FIXTURES).map(([type, { valid, invalid }]) => ({ type, valid, invalid }))
const validFrames: readonly object[] = fixtures.flatMap(({ valid }) => [...valid])

const check = (frame: unknown) => parseServerFrame(JSON.stringify(frame))

describe('the guard of server frames', () => {
  it('is made from the schemas as they are now', () => {
    for (const [name, rendered] of Object.entries(renderGuard())) {
      const source = readFileSync(new URL(name, import.meta.url), 'utf8')
      expect(source, 'stale: npm run guard -w @chatdesk/protocol').toBe(rendered)
    }
  })

  it('[F1] there is a fixture for every type', () => {
    for (const { type, valid } of fixtures) for (const frame of valid) expect(frame.type).toBe(type)
    expect(new Set(fixtures.map(({ type }) => type)).size).toBe(serverFrame._zod.def.options.length)
  })

  it.each(fixtures)('[F6] takes a good $type and skips a bad one, as its schema does', ({ valid, invalid }) => {
    for (const frame of valid) {
      expect(serverFrame.safeParse(frame)).toEqual({ success: true, data: frame })
      expect(parseServerFrame(JSON.stringify(frame))).toEqual({ ok: true, value: frame })
    }
    expect(serverFrame.safeParse(invalid).success).toBe(false)
    expect(parseServerFrame(JSON.stringify(invalid))).toEqual({ ok: false, reason: 'malformed' })
  })

  it.each(fixtures)(
    '[F6] $type for a visitor: as for anybody, or unknown where only agents are sent it',
    ({ type, valid, invalid }) => {
      const agents = [
        'conversation.synced',
        'inbox.page',
        'inbox.changed',
        'inbox.removed',
        'visitor.presence',
        'conversation.viewers',
      ].includes(type)
      const unknown = { ok: false, reason: 'unknown' }
      for (const frame of [...valid, invalid]) {
        const text = JSON.stringify(frame)
        expect(parseVisitorFrame(text)).toEqual(agents ? unknown : parseServerFrame(text))
      }
    },
  )

  it('[F3] ignores unknown fields', () => {
    for (const frame of validFrames) expect(check({ ...frame, later: { version: 2 } }).ok).toBe(true)
  })

  it.each(['', '{', 'null', '7', '"ack"', '[]', '[{"type":"ack"}]', '{}', '{"type":7}', '{"type":null}'])(
    '[F6] %j is malformed',
    (text) => expect(parseServerFrame(text)).toEqual({ ok: false, reason: 'malformed' }),
  )

  it.each(['weather.changed', '', 'toString', 'constructor', '__proto__', 'hasOwnProperty'])(
    '[F6] the type %j is unknown',
    (type) => expect(parseServerFrame(JSON.stringify({ type }))).toEqual({ ok: false, reason: 'unknown' }),
  )

  it('[E1] a code that is not known yet makes no malformed frame', () => {
    const error = { code: 'INVENTED_LATER', message: 'm' }
    expect(check({ type: 'ack', commandId: 'c', ok: false, error }).ok).toBe(true)
    expect(check({ type: 'session.ended', error }).ok).toBe(true)
    expect(check({ type: 'session.ended', error: { ...error, code: 7 } }).ok).toBe(false)
  })

  it('[F6] judges any damage to the shape of a frame as the schemas do', () => {
    /** Values of every JSON type. The text is a moment, since moments are the only nullable texts that the schemas look into. */
    const moment = '2026-11-20T11:11:11.111Z'
    const replacement = fc.constantFrom<unknown>(undefined, null, true, 7, moment, [], [7], {}, { a: 'b' })
    const damage = fc.record({
      frame: fc.constantFrom(...validFrames),
      steps: fc.array(fc.nat(20), { minLength: 1, maxLength: 6 }),
      replacement,
    })
    const seen = { fits: 0, fails: 0 }
    fc.assert(
      fc.property(damage, ({ frame, steps, replacement: value }) => {
        const damaged = structuredClone(frame)
        const before = replaceAt(damaged, steps, value)
        // Text for text: the schemas look into it, the guard does not (but for a closed set of values).
        fc.pre(!(typeof before === 'string' && typeof value === 'string'))
        // A type that no schema knows is `unknown` for the guard, which is no damage.
        fc.pre(typeof (damaged as { type?: unknown }).type === 'string')
        const { success } = serverFrame.safeParse(inWords(damaged))
        seen[success ? 'fits' : 'fails'] += 1
        expect(check(damaged).ok).toBe(success)
      }),
      { numRuns: 4000 },
    )
    expect(seen.fits).toBeGreaterThan(100)
    expect(seen.fails).toBeGreaterThan(1000)
  })
})

/** The frame with words in place of its files: of a part the guard looks at `type` and `text` only (X7). */
function inWords(frame: object): unknown {
  return JSON.parse(JSON.stringify(frame), (_, value) => {
    const isFile = value?.type === 'file' && typeof value.text === 'string'
    return isFile ? { type: 'text', text: value.text } : value
  })
}

/** Walks down by `steps`, as far as there is something below, and puts `value` in place of what is there. Gives back what was. */
function replaceAt(root: object, steps: readonly number[], value: unknown): unknown {
  let parent = root as Record<string, unknown>
  for (const [index, step] of steps.entries()) {
    const names = Object.keys(parent)
    const name = names[step % Math.max(names.length, 1)]
    if (name === undefined) return undefined
    const child = parent[name]
    const below = typeof child === 'object' && child !== null && Object.keys(child).length > 0
    if (below && index < steps.length - 1) {
      parent = child as Record<string, unknown>
      continue
    }
    if (value === undefined && !Array.isArray(parent)) delete parent[name]
    else parent[name] = value
    return child
  }
  return undefined
}
