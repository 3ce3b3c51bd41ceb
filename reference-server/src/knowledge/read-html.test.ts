import { LIMITS } from '@chatdesk/protocol'
import { describe, expect, it } from 'vitest'
import { entriesOfPage } from './page-entries.js'
import { readHtml } from './read-html.js'

const entries = (html: string, address?: string) => entriesOfPage(readHtml(html), address)
const answerOf = (body: string) => entries(`<h1>q</h1>${body}`)[0]?.answer

describe('the text of a page', () => {
  it('is parted by its headings, each asked under the title', () => {
    const html = `<!doctype html><html lang="de"><head><title>Returns – Acme</title></head><body>
      <nav>Home Shop</nav><header>Acme <h1>No</h1></header>
      <main><article><header><h1>Returns</h1> by <b>Asha</b></header><p>Within 30 days.</p>
      <h2>Who pays? <a href="#who">#</a></h2><p>You <em>do</em>,
        unless it is <a href="https://acme.test/broken">broken</a>.</p>
      <h3>Abroad</h3>Ask us.<h2>Empty</h2><h2>How long?</h2>Ten<br>days.</article></main>
      <aside>Buy more</aside><footer>© Acme</footer></body></html>`
    expect(readHtml(html)).toMatchObject({ title: 'Returns – Acme', language: 'de', noindex: false })
    expect(entries(html)).toEqual([
      { question: 'Returns', answer: 'Within 30 days.' },
      { question: 'Returns > Who pays?', answer: 'You do, unless it is broken.' },
      { question: 'Returns > Abroad', answer: 'Ask us.' },
      { question: 'Returns > How long?', answer: 'Ten\ndays.' },
    ])
  })

  it('has its title for what stands before a heading, and for a page without one', () => {
    expect(entries('<title>Hours</title><p>Nine to five.')).toEqual([{ question: 'Hours', answer: 'Nine to five.' }])
    expect(entries('<p>Nine to five.')).toEqual([])
    expect(entries('<title>T</title>Top<h2>A</h2>a<h2>B</h2>b').map(({ question }) => question)).toEqual([
      ...['T', 'T > A', 'T > B'],
    ])
  })

  it('keeps lists, tables and lines of code readable', () => {
    const list = '<ul><li>One<li>Two<ol start=3><li>Three</ol></ul><dl><dt>Term<dd>Meaning</dl><p>End'
    expect(answerOf(list)).toBe('- One\n- Two\n\n3. Three\n\nTerm\nMeaning\n\nEnd')
    const table = '<table><caption>Prices<tr><th>Plan<th>Price<tr><td>Basic<td>5 €<tr><td>Pro<td></table>'
    expect(answerOf(table)).toBe('Prices\nPlan: Basic; Price: 5 €\nPlan: Pro')
    expect(answerOf('<table><tr><td>a<td>b<tr><th>c<td><p>d<p>e</table>')).toBe('a | b\nc | d e')
    expect(answerOf('<table><tr><td><table><tr><td>in</table><td>out</table>')).toBe('in\n\nout')
    expect(answerOf('<pre>\n  a\n    b  </pre>then')).toBe('a\n    b\n\nthen')
  })

  it('takes what opens for a heading, and goes on with the section before', () => {
    const html = '<h1>FAQ</h1><p>Top</p><details><summary>Cash?</summary>Yes.</details><p>More</p>'
    expect(entries(html)).toEqual([
      { question: 'FAQ', answer: 'Top\n\nMore' },
      { question: 'FAQ > Cash?', answer: 'Yes.' },
    ])
  })

  it('asks what is asked twice with the heading above, or a number, and cuts what is too long', () => {
    const html = '<title>T</title><h2>A</h2><h3>Cost</h3>1<h2>B</h2><h3>Cost</h3>2<h3>Cost</h3>3'
    expect(entries(html).map(({ question }) => question)).toEqual(['T > Cost', 'T > B > Cost', 'T > B > Cost (2)'])
    const long = entries(`<h1>q</h1>${'<p>'.concat('word '.repeat(200)).repeat(12)}`, 'https://acme.test/')
    expect(long.map(({ question }) => question)).toEqual(['q', 'q (2)', 'q (3)'])
    expect(long.every(({ answer }) => answer.length <= LIMITS.textLength)).toBe(true)
    expect(new Set(long.map(({ url }) => url)).size).toBe(3)
    const whole = '\u{1f600}'.repeat(LIMITS.textLength)
    expect(
      entries(`<h1>q</h1>a${whole}`)
        .map(({ answer }) => answer)
        .join(''),
    ).toBe(`a${whole}`)
  })

  it('says where each part is to be read', () => {
    const html = '<title>T</title>Top<h2 id="é">A</h2>a<h2><a id=b></a>B</h2>b<h2>C, d-e</h2>c'
    expect(entries(html, 'https://acme.test/x').map(({ url }) => url)).toEqual([
      ...['https://acme.test/x', 'https://acme.test/x#%C3%A9', 'https://acme.test/x#b'],
      'https://acme.test/x#:~:text=C%2C%20d%2De',
    ])
  })

  it.each(['<meta name="ROBOTS" content="NoIndex, follow">', '<meta name=robots content=none>'])(
    'asks not to be found by %s',
    (meta) => expect(readHtml(`${meta}<h1>q</h1>a`).noindex).toBe(true),
  )

  it('is read as browsers do, however wrong its tags are', () => {
    expect(answerOf('Yes</p></b><i><p>and</i> no</table><li>then</ul><p')).toBe('Yes\n\nand no\n\n- then')
    expect(entries('<h1>q<h2>r</h1>a')).toEqual([{ question: 'q > r', answer: 'a' }])
    for (const html of ['', '<', '<!--', '<html', '\u0000', '<h1>', ']]>', '<![CDATA[x]]>', '&#xffffffff;'])
      expect(() => readHtml(html)).not.toThrow()
  })
})

describe('threat 66: hidden words do not come in with a page', () => {
  it.each([
    ...['<!-- POISON -->', '<script>POISON</script>', '<style>POISON</style>', '<template>POISON</template>'],
    ...['<noscript>POISON</noscript>', '<svg><title>POISON</title><text>POISON</text></svg>', '<!-- POISON'],
    ...['<div hidden>POISON</div>', '<div hidden="until-found">POISON</div>', '<i aria-hidden=TRUE>POISON</i>'],
    ...['<form><p>POISON</form>', '<nav>POISON</nav>', '<div role=navigation>POISON</div>', '<footer>POISON</footer>'],
    ...['<iframe srcdoc="POISON">POISON</iframe>', '<textarea>POISON</textarea>', '<img src=x alt="POISON">'],
    ...[
      '<select><option>POISON</select>',
      '<dialog>POISON</dialog>',
      '<object>POISON</object>',
      '<a title=POISON></a>',
    ],
    ...['<p style="display:none">POISON</p>', '<p style="DISPLAY : none !important; display:block">POISON</p>'],
    ...['<p style="display:/**/none">POISON</p>', '<p style="d\\69 splay:none">POISON</p>'],
    ...['<p style="display&colon;none">POISON</p>', '<p style="visibility:hidden">POISON</p>'],
    ...[
      '<p style="font-size:0">POISON</p>',
      '<p style="font-size:0.0px">POISON</p>',
      '<p style="font:0/0 a">POISON</p>',
    ],
    ...['<p style="transform:scale( -0.0 , 1)">POISON</p>', '<p style="transform:scaleX(0)">POISON</p>'],
    ...['<p style="font-size:0e3px">POISON</p>', '<p style="text-indent:-1e4px">POISON</p>'],
    ...['<p style="opacity:0">POISON</p>', '<p style="position:absolute;left:-9999px">POISON</p>'],
    ...['<p style="height:0;overflow:hidden">POISON</p>', '<p style="color:transparent">POISON</p>'],
    ...[
      '<table hidden><tr><td>POISON</table>',
      '<table><tr hidden><td>POISON</table>',
      '<table><td hidden>POISON</table>',
    ],
    ...[
      '<details><summary hidden>POISON</summary></details>',
      '<pre hidden>POISON</pre>',
      '<pre><b hidden>POISON</b></pre>',
    ],
    ...['<h2 hidden>POISON</h2>', '<h2><b hidden>POISON</b></h2>', '<ul><li hidden>POISON</ul>'],
    '<math><annotation-xml encoding="text/html"><p>POISON</p></annotation-xml></math>',
  ])('%s', (html) => {
    const found = JSON.stringify([entries(`<h1>q</h1>Yes. ${html} b`), entries(`<h1>q</h1>Yes.<div>${html}</div>b`)])
    expect(found).toContain('Yes.')
    expect(found).not.toContain('POISON')
  })

  it('characters without a width, of direction, and of tags', () => {
    const tags = [...'POISON'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('')
    const html = `<h1>q&#x202e;</h1>Y&#8203;e\u2066s\u061c.${tags}&zwj;<pre>a&#xfeff;b</pre>`
    expect(entries(html)).toEqual([{ question: 'q', answer: 'Yes.\n\nab' }])
  })

  it('is not fooled by a hidden title', () => {
    expect(readHtml('<svg><title>POISON</title></svg><h1>q</h1>a').title).toBe('')
  })
})

describe('threat 66: a page that is made to keep its reader busy is refused', () => {
  const attributes = (separator: (index: number) => string) =>
    `<h1>q</h1>a<div ${Array.from({ length: 200_000 }, (_, index) => separator(index)).join('')}>`
  it.each([
    ['elements in one another', '<div>'.repeat(400_000)],
    ['templates in one another', '<template>'.repeat(200_000)],
    ['elements that are moved in front of a table', `<table>${'<i>x</i>'.repeat(250_000)}`],
    ['words that are moved in front of a table', `<table>${'x</q>'.repeat(90_000)}`],
    ['elements that are opened again', '<p><b x=1><b x=2><b x=3></p>'.repeat(50_000)],
    ['ends without a beginning', '</span>'.repeat(300_000)],
    ['comments', '<!---->'.repeat(280_000)],
    ['attributes', attributes((index) => `a${index} `)],
    ['attributes with quotes', attributes((index) => `a${index}=">"`)],
    ['attributes without spaces', attributes((index) => `a${index}/`)],
    ['attributes of the page, given once more', Array.from({ length: 90_000 }, (_, at) => `<html a${at}>`).join('')],
    ['what is never a tag, from each place on', '<a x="<a y=\''.repeat(160_000)],
    ['tables in one another', '<table><tr><td>'.repeat(90)],
    ['names of tags in one another', '<a'.repeat(1_000_000)],
  ])('%s', (_what, html) => {
    expect(html.length).toBeLessThanOrEqual(2_500_000)
    expect(() => readHtml(html)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }))
  })

  it.each([
    ['one word', 'x'.repeat(1_000_000)],
    ['white space', `<pre>a${'\n \t'.repeat(300_000)}b</pre>`],
    ['signs of links', `<h2>${' #'.repeat(500_000)}x</h2>b`],
    ['a style', `<p style="${'a:!important   ;/*'.repeat(50_000)}">a`],
    ['tables in one another', `${'<table><tr><td>'.repeat(40)}${'x'.repeat(500_000)}`],
    ['the same heading', '<h2>a</h2>b'.repeat(14_000)],
  ])('and does not take longer than its length says: %s', (_what, html) => {
    // A step that grows with the square of its length ends the test by its limit of time.
    expect(entries(`<title>q</title>${html}`, 'https://acme.test/').length).toBeGreaterThanOrEqual(0)
  })

  it('and a large page for people is not', () => {
    const html = `<h1>q</h1>${'<div><p class="a b" data-x="1">word <b>word</b></p></div>'.repeat(5_000)}<script>${'if(a<b&&c>d){x="<p>"} '.repeat(20_000)}</script>`
    expect(entries(html).length).toBeGreaterThan(1)
    // All in one section; a list within a table cell is read but once.
    expect(
      entries(`<h1>q</h1>${'<p>words and words and words and words and words'.repeat(25_000)}`).length,
    ).toBeGreaterThan(100)
  })
})
