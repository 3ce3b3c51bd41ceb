import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Inline, readInline } from './read-inline.js'

const flat = (inlines: readonly Inline[]): Inline[] =>
  inlines.flatMap((inline) => ('children' in inline ? flat(inline.children) : inline))
const hrefs = (text: string, marked = false) =>
  flat(readInline(text, marked)).flatMap((inline) => (inline.type === 'link' ? [inline.href] : []))

/** As one would write it as HTML, to be read here. */
const markup = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline) => {
      if (inline.type === 'text') return inline.text
      if (inline.type === 'code') return `<code>${inline.text}</code>`
      if (inline.type === 'link') return `<a>${inline.text}${inline.target ? ` (${inline.target})` : ''}</a>`
      return `<${inline.type}>${markup(inline.children)}</${inline.type}>`
    })
    .join('')
const marked = (text: string) => markup(readInline(text, true))

describe('[X6] addresses', () => {
  it.each([
    ['see https://example.com/a?b=c#d now', ['https://example.com/a?b=c#d']],
    ['HTTP://EXAMPLE.COM', ['http://example.com/']],
    ['www.example.com.', ['https://www.example.com/']],
    ['(https://example.com/wiki/Foo_(bar))', ['https://example.com/wiki/Foo_(bar)']],
    ['write to asha@example.co.in!', ['mailto:asha@example.co.in']],
    ['mailto:asha@example.com', ['mailto:asha@example.com']],
    ['call tel:+91-20-5550-0199.', ['tel:+91-20-5550-0199']],
    ['“https://example.com”,', ['https://example.com/']],
    ['two: https://a.example https://b.example', ['https://a.example/', 'https://b.example/']],
  ])('are found in %j', (text, expected) => {
    expect(hrefs(text)).toEqual(expected)
    expect(hrefs(text, true)).toEqual(expected)
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://example.com',
    'https://bank.example@evil.example/',
    'https://',
    'http://[',
    'tel:',
    'tel:+1;phone-context=x',
    'example.com',
    'a@b',
    '@name',
    '<a href="x">',
  ])('threat 56: %j is none', (text) => {
    expect(readInline(text, false)).toEqual([{ type: 'text', text }])
    expect(hrefs(`[words](${text}) and ${text}`, true)).toEqual([])
  })

  it.each([
    ['https://аpple.com/login', 'https://xn--pple-43d.com/login'],
    ['https://münchen.example', 'https://xn--mnchen-3ya.example/'],
    ['https://example.com/\u202egpj.exe', 'https://example.com/%E2%80%AEgpj.exe'],
    ['https://exam\u200bple.com/', 'https://example.com/'],
    ['https://example.com/ä', 'https://example.com/ä'],
  ])('threat 56: %j is shown as %s', (text, shown) => {
    expect(readInline(text, false)).toMatchObject([{ type: 'link', text: shown }])
  })

  it('stay whole, whatever marks are in them', () => {
    expect(marked('https://x.example/a_b_c*d*e')).toBe('<a>https://x.example/a_b_c*d*e</a>')
    expect(marked('**https://x.example/a_b**, _https://x.example_')).toBe(
      '<strong><a>https://x.example/a_b</a></strong>, <em><a>https://x.example</a></em>',
    )
  })
})

describe('[X5] marks', () => {
  it.each([
    [
      '**bold** and *it* and _it_ and ~~no~~',
      '<strong>bold</strong> and <em>it</em> and <em>it</em> and <del>no</del>',
    ],
    ['***both***', '<strong><em>both</em></strong>'],
    ['**a *b* c**', '<strong>a <em>b</em> c</strong>'],
    ['これは**太字**です', 'これは<strong>太字</strong>です'],
    ['use `a * b * c` here', 'use <code>a * b * c</code> here'],
    ['[the *list*](https://x.example/a)', '<a>the *list*</a>'],
    ['\\*not it\\*', '*not it*'],
  ])('%j', (text, expected) => {
    expect(marked(text)).toBe(expected)
  })

  it.each([
    'snake_case_name and __init__.py',
    '2*3*4 = 24, 5 * 3',
    '**open, and ~~open',
    '* alone *',
    '`open',
    '``',
    '****',
    '[words] (https x)',
    '[](https://x.example',
    'C:\\Users\\name',
    '<b>bold</b>',
  ])('%j says what it says', (text) => {
    expect(marked(text)).toBe(text)
  })

  it('are none in the plain text of a visitor', () => {
    const text = '**bold** `code` [words](/x)'
    expect(readInline(text, false)).toEqual([{ type: 'text', text }])
  })
})

describe('threat 56: words that look like an address', () => {
  it.each([
    ['[bank.example](https://evil.example/a)', '<a>bank.example (evil.example)</a>'],
    ['[https://bank.example](https://evil.example)', '<a>https://bank.example (evil.example)</a>'],
    ['[bank。example](https://evil.example)', '<a>bank。example (evil.example)</a>'],
    ['[help@bank.example](mailto:x@evil.example)', '<a>help@bank.example (x@evil.example)</a>'],
    ['[0800 123](tel:+900555)', '<a>0800 123 (+900555)</a>'],
    ['[bаnk.example](https://bank.example)', '<a>bаnk.example (bank.example)</a>'],
  ])('%s says where it leads', (text, expected) => {
    expect(marked(text)).toBe(expected)
  })

  it.each([
    ['[our guide](https://bank.example/a)', '<a>our guide</a>'],
    ['[bank.example](https://bank.example/a)', '<a>bank.example</a>'],
    ['[0800-123](tel:0800123)', '<a>0800-123</a>'],
  ])('%s needs not to', (text, expected) => {
    expect(marked(text)).toBe(expected)
  })
})

describe('whatever the text', () => {
  const pieces = fc
    .array(
      fc.constantFrom(
        ...['https://x.example/(a)', 'www.', 'a@b.cd', '(((', ')))', '.', '<b>', ' ', '\n', 'mailto:'],
        ...['*', '**', '***', '_', '~~', '`', '[', '](', ')', '\\', 'x', '[a](https://x.example)'],
      ),
    )
    .map((parts) => parts.join(''))
  const texts = fc.oneof(fc.string(), pieces)

  it('plain text loses and gains nothing', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(markup(readInline(text, false)).replace(/<\/?a>/g, '')).toBe(text.replace(/<\/?a>/g, ''))
      }),
    )
  })

  it('threat 56: no link leads anywhere but by the four schemes', () => {
    fc.assert(
      fc.property(texts, fc.boolean(), (text, marks) => {
        for (const href of hrefs(text, marks)) expect(href).toMatch(/^(https?:\/\/|mailto:|tel:)/)
      }),
    )
  })

  it('frames stay shallow', () => {
    const depth = (inlines: readonly Inline[]): number =>
      Math.max(0, ...inlines.map((inline) => ('children' in inline ? 1 + depth(inline.children) : 0)))
    fc.assert(
      fc.property(texts, (text) => {
        expect(depth(readInline(text, true))).toBeLessThanOrEqual(4)
      }),
    )
  })
})
