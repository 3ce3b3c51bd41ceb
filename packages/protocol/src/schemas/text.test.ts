import { describe, expect, it } from 'vitest'
import { LIMITS } from '../limits.js'
import { parseWith } from './parse.js'
import { cleanText, lineOf, messageText } from './text.js'

describe('cleanText', () => {
  it.each([
    ['line ends of every kind', 'a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['an empty line', 'a\r\n\r\nb\r\r', 'a\n\nb\n\n'],
    ['tabs and line feeds stay', '\ta\n\tb', '\ta\n\tb'],
    ['NUL, bell, escape, delete', 'a\u0000b\u0007c\u001b[31md\u007fe', 'abc[31mde'],
    ['vertical tab, form feed', 'a\u000b\u000cb', 'ab'],
    ['C1 controls', 'a\u0080\u0085\u009fb', 'ab'],
    ['a high surrogate alone', 'a\ud83d', 'a\ufffd'],
    ['a low surrogate alone', '\ude00a', '\ufffda'],
    ['surrogates the wrong way round', '\ude00\ud83d', '\ufffd\ufffd'],
    ['a lone one before a pair', '\ud83d\ud83d\ude00', '\ufffd😀'],
    ['a lone one after a pair', '😀\ude00', '😀\ufffd'],
    ['pairs that meet', '😀😀👋🏽', '😀😀👋🏽'],
    ['right to left, joiners, marks', 'שלום \u200f👩‍💻 नमस्ते e\u0301', 'שלום \u200f👩‍💻 नमस्ते e\u0301'],
    ['no-break space and beyond', '\u00a0a\u2028b', '\u00a0a\u2028b'],
  ])('[X2] %s', (_name, text, expected) => {
    expect(cleanText(text)).toBe(expected)
    expect(cleanText(expected)).toBe(expected)
  })

  it('[X4] leaves markup as it was typed', () => {
    const text = '<script>alert(1)</script> <img src=x onerror=alert(1)> &amp; javascript:alert(1) {{x}}'
    expect(cleanText(text)).toBe(text)
  })
})

describe('messageText', () => {
  const parse = (text: unknown) => parseWith(messageText, text)
  const refused = { ok: false, error: { code: 'VALIDATION_FAILED' } }

  it('[X1] takes 1 to 5,000 characters, counted before cleaning', () => {
    expect(parse('x'.repeat(LIMITS.textLength))).toMatchObject({ ok: true })
    expect(parse('x'.repeat(5001))).toMatchObject(refused)
    expect(parse('x'.repeat(10_000))).toMatchObject(refused)
    expect(parse(`${'x'.repeat(5000)}\u0000`)).toMatchObject(refused)
    expect(parse('😀'.repeat(2500))).toMatchObject({ ok: true })
    expect(parse('😀'.repeat(2501))).toMatchObject(refused)
    expect(parse('')).toMatchObject(refused)
    for (const other of [7, null, undefined, ['a'], { toString: 'a' }]) expect(parse(other)).toMatchObject(refused)
  })

  it('[X2] gives the cleaned text', () => {
    expect(parse(' a\r\n\u0000b ')).toEqual({ ok: true, value: ' a\nb ' })
  })

  it.each([' ', '\n\t \r\n', '\u00a0\u2003\u3000', '\u0000\u0007', ' \u001b ', '\u200b\u200b', '\u202e \ufeff'])(
    '[X3] refuses %j',
    (text) => {
      expect(parse(text)).toMatchObject(refused)
    },
  )
})

describe('lineOf', () => {
  it('gives one clean line or refuses', () => {
    expect(parseWith(lineOf(20), '  Asha\r\n\tRao\u0000 ')).toEqual({ ok: true, value: 'Asha Rao' })
    expect(parseWith(lineOf(3), 'Asha')).toMatchObject({ ok: false })
    expect(parseWith(lineOf(3), '😀😀')).toMatchObject({ ok: false })
    expect(parseWith(lineOf(20), ' \n ')).toMatchObject({ ok: false })
  })
})
