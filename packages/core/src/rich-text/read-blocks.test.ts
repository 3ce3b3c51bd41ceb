import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawBlocks, type RichElement } from './draw-rich-text.js'
import { readBlocks } from './read-blocks.js'
import { readInline } from './read-inline.js'
import { countReads } from './testing/count-reads.js'
import { wordsOf } from './words-of.js'

/** As HTML, without the attributes that say nothing here. */
const html = (text: string) =>
  drawBlocks<string>(
    readBlocks(text),
    (element, attributes, ...children) => {
      const start = attributes?.start === undefined || attributes.start === 1 ? '' : ` start=${attributes.start}`
      return `<${element}${start}>${children.join('')}</${element}>`
    },
    (words) => words,
  ).join('')

describe('[X5] blocks', () => {
  it.each([
    ['one\ntwo\n\nthree', '<p>one\ntwo</p><p>three</p>'],
    ['- a\n- b', '<ul><li><p>a</p></li><li><p>b</p></li></ul>'],
    ['Documents:\n1. PAN\n2. Aadhaar', '<p>Documents:</p><ol><li><p>PAN</p></li><li><p>Aadhaar</p></li></ol>'],
    ['3) c', '<ol start=3><li><p>c</p></li></ol>'],
    [
      '- a\n  - b\n  - c\n- d',
      '<ul><li><p>a</p><ul><li><p>b</p></li><li><p>c</p></li></ul></li><li><p>d</p></li></ul>',
    ],
    ['1. a\n\n2. b\n   more', '<ol><li><p>a</p></li><li><p>b\nmore</p></li></ol>'],
    ['1. a\n- b', '<ol><li><p>a</p></li></ol><ul><li><p>b</p></li></ul>'],
    ['> said\n> **so**\nyes', '<blockquote><p>said\n<strong>so</strong></p></blockquote><p>yes</p>'],
    ['```js\na *b*\n\n```\nthen', '<pre><code>a *b*\n</code></pre><p>then</p>'],
    ['```\nstill being written', '<pre><code>still being written</code></pre>'],
    ['', ''],
  ])('%j', (text, expected) => {
    expect(html(text)).toBe(expected)
  })

  it.each(['-5 degrees', '- ', '3.5 lakh', '#1', '2026 was', '1234567890. x', '-'])('%j is a line', (text) => {
    expect(html(text)).toBe(`<p>${text}</p>`)
  })

  it('are as deep as their limit, and words below it', () => {
    expect(html('>>>>>>> a')).toBe(`${'<blockquote>'.repeat(4)}<p>>>> a</p>${'</blockquote>'.repeat(4)}`)
  })
})

it('says in words what it says', () => {
  const text = 'Read **this**:\n\n- [a](https://x.example)\n- `b`\n\n> c\n```\nd\n```'
  expect(wordsOf(readBlocks(text))).toBe('Read this:\na\nb\nc\nd')
})

describe('[X4] threat 55: whatever the text', () => {
  it('is drawn with the listed elements and attributes only, and in its own words', () => {
    const pieces = [
      '*',
      '**',
      '~~',
      '`',
      '```',
      '[',
      '](',
      ')',
      '>',
      '- ',
      '1. ',
      '\n',
      '  ',
      'https://x.example/',
      'x',
    ]
    const hostile = ['<img src=x onerror=alert(1)>', '<script>', '&lt;', '"', 'javascript:alert(1)', '__proto__']
    const texts = fc.array(fc.oneof(fc.constantFrom(...pieces, ...hostile), fc.string())).map((parts) => parts.join(''))
    const elements: RichElement[] = [
      'p',
      'strong',
      'em',
      'del',
      'code',
      'pre',
      'blockquote',
      'ul',
      'ol',
      'li',
      'a',
      'bdi',
    ]
    fc.assert(
      fc.property(texts, (text) => {
        drawBlocks<object>(
          readBlocks(text),
          (element, attributes) => {
            expect(elements).toContain(element)
            for (const [name, value] of Object.entries(attributes ?? {})) {
              expect(['dir', 'start', 'href', 'target', 'rel', 'aria-label']).toContain(name)
              if (name === 'href') expect(value).toMatch(/^(https?:\/\/|mailto:|tel:)/)
            }
            return {}
          },
          (words) => words,
        )
      }),
    )
  })
})

describe('threat 49: hostile texts of 100 KB', () => {
  const LENGTH = 100_000
  const inline = [
    '(',
    ')',
    '()',
    'a@',
    'a.',
    'https://',
    'www.',
    '.',
    '@a.',
    'https://(',
    '[a](https://x.y)b',
    '<https://',
  ]
  const marks = [
    '*',
    '**a',
    '*a',
    '_a',
    '~~a',
    'a**',
    '**a*b',
    '*a **b ',
    '`',
    '`a',
    '``a',
    '[',
    '[a',
    '[a](',
    '[a](b',
    '[a]((',
    '\\',
    '\\*',
    '***',
    '*a_b~~c',
  ]
  const blocks = [
    '\n',
    '> ',
    '>\n',
    '>',
    '- ',
    '- a\n',
    ' - a\n',
    '1. ',
    '1. a\n\n',
    '- a\n\n\n\n  b\n',
    '```\n',
    '\n\n\n- a',
    ' ',
    ' \n',
    '\t',
    '9',
  ]
  it.each([...inline, ...marks, ...blocks])(
    'each character of %j again and again is read a bounded number of times',
    (part) => {
      const text = part.repeat(LENGTH / part.length)
      expect(countReads(() => readInline(text, false))).toBeLessThan(text.length * 12)
      expect(countReads(() => readBlocks(text))).toBeLessThan(text.length * 40)
    },
  )

  it('each character of any mixture as well', () => {
    const mixtures = fc.array(fc.constantFrom(...inline, ...marks, ...blocks), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(mixtures, fc.constantFrom('', ' ', '\n'), (parts, between) => {
        const part = parts.join('') + between
        const text = part.repeat(20_000 / part.length)
        expect(countReads(() => readBlocks(text))).toBeLessThan(text.length * 40)
      }),
      { numRuns: 60 },
    )
  })
})
