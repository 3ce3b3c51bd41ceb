import { tmpdir } from 'node:os'
import { type DefaultTreeAdapterMap, parse } from 'parse5'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestServer, type TestMember, type TestServer } from '../testing/create-test-server.js'
import { fillTenant } from '../testing/fill-tenant.js'
import { TEST_DATABASES } from '../testing/test-database.js'

type Node = DefaultTreeAdapterMap['node']

/** Elements of a page, in its order, as a browser would make them. */
function elementsOf(html: string): DefaultTreeAdapterMap['element'][] {
  const walk = (node: Node): DefaultTreeAdapterMap['element'][] => [
    ...('tagName' in node ? [node] : []),
    ...('childNodes' in node ? node.childNodes.flatMap(walk) : []),
  ]
  return walk(parse(html))
}

/** Neither fetches, runs nor leads anywhere that the page itself does not. */
function expectHarmless({ tagName, attrs }: DefaultTreeAdapterMap['element'], nonce: string | undefined): void {
  expect(tagName).not.toMatch(/^(img|iframe|object|embed|base|video|audio|math|textarea|details)$/)
  if (tagName === 'script' || tagName === 'style') expect(attrs).toContainEqual({ name: 'nonce', value: nonce })
  for (const { name, value } of attrs) {
    expect(name).not.toMatch(/^on|^style$|^srcdoc$/)
    if (name === 'href') expect(value).toMatch(/^(https?:\/\/|mailto:|tel:|\/help\/|#c\d+$)/)
  }
}

/** Texts of which each wants to be more than a text. */
const HOSTILE = [
  '<script>hacked=1</script>',
  '<img src=x onerror=hacked=1>',
  '"><svg onload=hacked=1>',
  "' autofocus onfocus='hacked=1",
  '</title></style></script><script>hacked=1</script>',
  '<!-- --><base href=//evil.example><meta http-equiv=refresh content=0>',
  '&lt;img src=x onerror=hacked=1&gt;',
  '[x](javascript:hacked=1)',
  '[x](data:text/html,<script>hacked=1</script>)',
  '[x](https://example.com"onmouseover="hacked=1)',
  '![x](https://tracker.example/pixel.png)',
  '> **<iframe srcdoc="<script>hacked=1</script>">**',
  '- `<style>*{background:url(//evil.example)}</style>`',
  '```html\n<img src=x onerror=hacked=1>\n```',
]

describe.each(TEST_DATABASES)('the help pages on %s', (kind) => {
  let server: TestServer
  let admin: TestMember
  let organizationId: string
  let widgetId: string
  let key: string
  beforeAll(async () => {
    server = await createTestServer({ kind, assets: { widget: tmpdir() } })
    admin = await server.signIn('client_admin')
    organizationId = admin.current.organization.id
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    const made = await server.chat.api.createWidget({ organizationId, name: 'Acme & Sons' })
    widgetId = made.widgetId
    key = made.key
    await server.database.of(organizationId).deleteFrom('knowledge_entries').where('widget_id', '=', widgetId).execute()
  })

  const create = async (input: object, to = widgetId): Promise<{ id: string }> => {
    const answer = await server.post(`/api/chat-widget/widgets/${to}/knowledge`, input, admin.headers)
    return ((await answer.json()) as { entry: { id: string } }).entry
  }
  const read = async (path: string, headers?: Record<string, string>) => {
    const answer = await server.get(`/help/${path}`, headers)
    return { status: answer.status, headers: answer.headers, html: await answer.text() }
  }

  it('lists questions by category, and leads to an answer with its marks and its source', async () => {
    const { id } = await create({
      question: 'How do I return it?',
      answer: 'Pack **everything**:\n\n1. the box\n2. the note',
      category: 'Returns',
      url: 'https://acme.test/returns',
    })
    await create({ question: 'Do you deliver?', answer: 'Yes.' })
    const start = await read(key)
    expect(start.status).toBe(200)
    expect(start.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(start.html).toContain('<h1>Help from Acme &#38; Sons</h1>')
    expect(start.html).toContain(`<link rel="canonical" href="${server.url}/help/${key}">`)
    expect([...start.html.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map(([, name]) => name)).toEqual([
      'Returns',
      'Other questions',
    ])
    expect(start.html).toContain(`href="/help/${key}/${id}"`)
    const { html } = await read(`${key}/${id}`)
    expect(html).toContain('<h1 dir="auto">How do I return it?</h1>')
    expect(html).toContain('<strong>everything</strong>')
    expect(html).toContain('<li><p dir="auto">the box</p></li>')
    expect(html).toContain('href="https://acme.test/returns"')
    expect(html).toContain(`<link rel="canonical" href="${server.url}/help/${key}/${id}">`)
  })

  it('searches by the form, says what it has not found, and keeps what was typed', async () => {
    await create({ question: 'Where is my parcel?', answer: 'Follow the link.' })
    await create({ question: 'What does it cost?', answer: 'Nothing.' })
    const found = await read(`${key}?q=parcel&utm_source=mail`)
    expect(found.html).toContain('Where is my parcel?')
    expect(found.html).not.toContain('What does it cost?')
    expect(found.html).toContain('value="parcel"')
    expect(found.html).toContain('<meta name="robots" content="noindex">')
    expect((await read(`${key}?q=zeppelin`)).html).toContain('There is no answer to “zeppelin” here.')
    // What can be no search is none.
    for (const query of ['q=', `q=${'x'.repeat(300)}`, 'q=a&q=b', 'q[x]=y'])
      expect((await read(`${key}?${query}`)).html, query).toContain('What does it cost?')
  })

  it('speaks what its reader does, from the side where that begins', async () => {
    const language = async (accepted: string) =>
      /<html lang="(\w+)" dir="(\w+)">/.exec((await read(key, { 'accept-language': accepted })).html)?.slice(1)
    expect(await language('ar-EG,en;q=0.5')).toEqual(['ar', 'rtl'])
    expect(await language('de-AT,de;q=0.9')).toEqual(['de', 'ltr'])
    expect(await language('tlh')).toEqual(['en', 'ltr'])
    const { headers, html } = await read(key, { 'accept-language': 'fr' })
    expect(headers.get('vary')).toContain('Accept-Language')
    expect(html).toContain('Il n’y a encore rien à lire ici.')
  })

  it('threat 31: shows nothing of drafts, of what is switched off, of other widgets and of other organizations', async () => {
    const draft = await create({ question: 'Is a draft secret?', answer: 'secret', published: false })
    const off = await create({ question: 'Is what is off secret?', answer: 'secret', enabled: false })
    const other = await server.chat.api.createWidget({ organizationId, name: 'Other' })
    const elsewhere = await create({ question: 'Is the other widget secret?', answer: 'secret' }, other.widgetId)
    const stranger = await fillTenant(server.database)
    expect((await read(key)).html).not.toMatch(/secret|When are you open/)
    expect((await read(`${key}?q=secret`)).html).not.toMatch(/draft|is off|other widget/)
    for (const id of [draft.id, off.id, elsewhere.id, stranger.entryId, 'none', '%00']) {
      const { status, html } = await read(`${key}/${id}`)
      expect([status, html.includes('secret')], id).toEqual([404, false])
    }
    expect((await read(`${other.key}/${elsewhere.id}`)).status).toBe(200)
  })

  it('says in a page that there is none, for a key of no widget and of one that is switched off', async () => {
    await create({ question: 'Is it open?', answer: 'No.' })
    await server.chat.api.updateWidget({ organizationId, widgetId, enabled: false })
    for (const path of ['wk_nobody', key, `wk_nobody/${widgetId}`]) {
      const { status, headers, html } = await read(path)
      expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
      expect(html).toContain('This page is not here')
      expect(html).not.toMatch(/Is it open|<script/)
    }
  })

  it('leaves to its host what can be no key', async () => {
    for (const path of ['', 'shipping', 'shipping/costs', organizationId])
      expect((await read(path)).headers.get('x-request-id'), path).toBeNull()
  })

  it('threats 55, 56 and 64: what the team or a reader writes is text, whatever it wants to be', async () => {
    const ids: string[] = []
    for (const text of HOSTILE)
      ids.push((await create({ question: text.slice(0, 100), answer: text, category: text.slice(0, 40) })).id)
    await server.chat.api.updateWidget({ organizationId, widgetId, name: HOSTILE[2] as string })
    const paths = [
      key,
      ...ids.map((id) => `${key}/${id}`),
      ...HOSTILE.map((text) => `${key}?q=${encodeURIComponent(text)}`),
    ]
    for (const path of paths) {
      const { status, html, headers } = await read(path)
      expect(status).toBe(200)
      const nonce = /script-src 'nonce-([^']+)' 'self'/.exec(headers.get('content-security-policy') ?? '')?.[1]
      for (const element of elementsOf(html)) expectHarmless(element, nonce)
      expect(elementsOf(html).filter(({ tagName }) => tagName === 'script')).toHaveLength(0)
    }
  })

  it('stands in no frame, and runs and fetches nothing of others', async () => {
    const { headers } = await read(key)
    const policy = headers.get('content-security-policy')?.split(';') ?? []
    expect(policy).toEqual([
      "default-src 'none'",
      expect.stringMatching(/^script-src 'nonce-[\w+/=]{24}' 'self'$/),
      expect.stringMatching(/^style-src 'nonce-[\w+/=]{24}'$/),
      `connect-src 'self' ${server.origin.replace('http', 'ws')}`,
      "img-src 'self' data:",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ])
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('cache-control')).toBe('no-store')
    const again = (await read(key)).headers.get('content-security-policy')
    expect(again).not.toBe(headers.get('content-security-policy'))
  })

  it('holds the widget where that would be let in, and asks by it', async () => {
    const { id } = await create({ question: 'Is "this" it?', answer: 'Yes.' })
    expect((await read(`${key}/${id}`)).html).not.toContain('widget.js')
    await server.chat.api.updateWidget({ organizationId, widgetId, allowMissingOrigin: true })
    expect((await read(`${key}/${id}`)).html).not.toContain('widget.js')
    await server.chat.api.updateWidget({ organizationId, widgetId, allowedOrigins: [server.origin] })
    const { html } = await read(`${key}/${id}`)
    expect(html).toContain('async src="/widget.js"')
    expect(html).toContain(`data-key="${key}"`)
    expect(html).toContain('<div class="ask" hidden data-question="Is &#34;this&#34; it?">')
  })

  it('is told of in the settings of a widget that has something to read', async () => {
    const help = async () => {
      const answer = await server.get(`/api/chat-widget/public/widget/${key}/config`)
      return ((await answer.json()) as { widget: { help: boolean } }).widget.help
    }
    expect(await help()).toBe(false)
    await create({ question: 'q', answer: 'a', published: false })
    expect(await help()).toBe(false)
    await create({ question: 'q2', answer: 'a' })
    expect(await help()).toBe(true)
  })
})

it('is as far from the root as the server, at the address that people know, and asked of as often as a search', async () => {
  const server = await createTestServer({
    path: '/chat',
    publicUrl: 'https://help.example/support/',
    limits: { searchesPerNetwork: { points: 1, seconds: 60 } },
  })
  try {
    const html = await (await server.get('/help/wk_demo')).text()
    expect(html).toContain('<link rel="canonical" href="https://help.example/support/help/wk_demo">')
    expect(html).toContain('<form action="/support/help/wk_demo" method="get">')
    const refused = await server.get('/help/wk_demo')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, expect.any(String)])
    expect(refused.headers.get('content-type')).toContain('application/json')
  } finally {
    await server.close()
  }
})
