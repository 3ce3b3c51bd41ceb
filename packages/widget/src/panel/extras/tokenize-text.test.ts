import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenizeText } from './tokenize-text.js'

const links = (text: string) => tokenizeText(text).flatMap((token) => (token.type === 'link' ? [token.href] : []))

describe('tokenizeText', () => {
  it.each([
    ['see https://example.com/a?b=c#d now', ['https://example.com/a?b=c#d']],
    ['HTTP://EXAMPLE.COM', ['http://example.com/']],
    ['www.example.com.', ['https://www.example.com/']],
    ['(https://example.com/wiki/Foo_(bar))', ['https://example.com/wiki/Foo_(bar)']],
    ['write to asha@example.co.in!', ['mailto:asha@example.co.in']],
    ['mailto:asha@example.com', ['mailto:asha@example.com']],
    ['“https://example.com”,', ['https://example.com/']],
    ['two: https://a.example https://b.example', ['https://a.example/', 'https://b.example/']],
  ])('finds the addresses in %j', (text, expected) => {
    expect(links(text)).toEqual(expected)
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
    'example.com',
    'a@b',
    '@name',
    '<a href="x">',
  ])('leaves %j as text', (text) => {
    expect(tokenizeText(text)).toEqual([{ type: 'text', text }])
  })

  it('loses and adds nothing', () => {
    const words = fc.constantFrom(
      'https://x.example/(a)',
      'www.',
      'a@b.cd',
      '(((',
      ')))',
      '.',
      '<b>',
      ' ',
      '\n',
      'mailto:',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((parts) => parts.join('')),
        ),
        (text) => {
          expect(
            tokenizeText(text)
              .map((token) => token.text)
              .join(''),
          ).toBe(text)
        },
      ),
    )
  })

  it('reads each character a bounded number of times', () => {
    // Counted, not timed: quadratic work on these would be over a hundred million reads.
    const hostile = ['(', ')', '()', 'a@', 'a.', 'https://', 'www.', '.', '@a.'].map((part) =>
      part.repeat(50_000 / part.length),
    )
    let reads = 0
    const charAt = String.prototype.charAt
    String.prototype.charAt = function (index) {
      reads += 1
      return charAt.call(this, index)
    }
    try {
      for (const text of hostile) tokenizeText(text)
    } finally {
      String.prototype.charAt = charAt
    }
    expect(reads).toBeLessThan(hostile.length * 50_000 * 8)
  })
})
