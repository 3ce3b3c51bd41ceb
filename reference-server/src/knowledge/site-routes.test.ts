import { importKnowledgeResponse, listKnowledgeResponse, previewSiteResponse } from '@chatdesk/protocol/schemas'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTestServer, type TestMember, type TestServer } from '../testing/create-test-server.js'
import { searchKnowledge } from './search-knowledge.js'
import { startSite, type TestSite } from './testing/start-site.js'

let site: TestSite
let server: TestServer
let admin: TestMember
let widgetId: string
async function start(options: { allowPrivateSites?: boolean; limits?: object } = {}) {
  server = await createTestServer(options)
  admin = await server.signIn('client_admin')
  const organizationId = admin.current.organization.id
  widgetId = (await server.chat.api.createWidget({ organizationId, name: 'Help' })).widgetId
  await server.database.of(organizationId).deleteFrom('knowledge_entries').where('widget_id', '=', widgetId).execute()
}
beforeEach(async () => {
  site = await startSite()
})
afterEach(async () => {
  await server.close()
  await site.close()
})

const call = async (path: string, body: object, of = widgetId) => {
  const answer = await server.post(`/api/chat-widget/widgets/${of}/knowledge${path}`, body, admin.headers)
  return { status: answer.status, body: (await answer.json()) as { error?: { field?: string } } }
}
const preview = async () => {
  const { status, body } = await call('/site', { url: `${site.url}/sitemap.xml` })
  expect(status).toBe(200)
  return previewSiteResponse.parse(body)
}
const apply = async ({ decisions }: { decisions: { action: string; entry: unknown }[] }) => {
  const entries = decisions.flatMap(({ action, entry }) => (action === 'skip' ? [] : [entry]))
  return importKnowledgeResponse.parse((await call('/import', { entries })).body)
}
const entries = async () => {
  const answer = await server.get(`/api/chat-widget/widgets/${widgetId}/knowledge`, admin.headers)
  return listKnowledgeResponse.parse(await answer.json()).entries
}

it('reads a site, shows what would come of it, and does it; a second time it updates', async () => {
  await start({ allowPrivateSites: true })
  site.list('/delivery', '/returns', '/gone')
  site.pages.set('/delivery', '<h1>Delivery</h1>We deliver to Goa.<h2 id=cost>Cost</h2>Nothing.<h2>Days</h2>Two.')
  site.pages.set('/returns', '<h1>Returns</h1>Within 30 days.')
  const first = await preview()
  expect(first).toMatchObject({
    ...{ added: 4, changed: 0, skipped: 0 },
    pages: { listed: 3, read: 2, skipped: [{ url: `${site.url}/gone`, reason: 'status' }] },
  })
  expect(await entries()).toEqual([])
  expect(await apply(first)).toMatchObject({ added: 4 })
  const made = await entries()
  expect(made.map(({ question, url }) => [question, url?.replace(site.url, '')])).toEqual([
    ['Delivery', '/delivery'],
    ['Delivery > Cost', '/delivery#cost'],
    ['Delivery > Days', '/delivery#:~:text=Days'],
    ['Returns', '/returns'],
  ])
  expect(await preview()).toMatchObject({ added: 0, changed: 0, skipped: 4 })

  site.pages.set('/delivery', '<h1>Where we deliver</h1>To Goa.<h2 id=cost>Cost</h2>Nothing.<h2>Days</h2>Three.')
  const second = await preview()
  // The title is another, and with it each question; the addresses are not.
  expect(second).toMatchObject({ added: 0, changed: 3, skipped: 1 })
  expect(second.decisions.map(({ reason }) => reason)).toEqual([null, null, null, 'same'])
  expect(await apply(second)).toMatchObject({ added: 0, changed: 3 })
  const updated = await entries()
  expect(updated.map(({ id }) => id)).toEqual(made.map(({ id }) => id))
  expect(updated.map(({ question, answer }) => [question, answer])).toEqual([
    ['Where we deliver', 'To Goa.'],
    ['Where we deliver > Cost', 'Nothing.'],
    ['Where we deliver > Days', 'Three.'],
    ['Returns', 'Within 30 days.'],
  ])
})

it('an answer can name where it is from', async () => {
  await start({ allowPrivateSites: true })
  site.list('/delivery')
  site.pages.set('/delivery', '<h1>Delivery</h1><h2 id=goa>Do you deliver to Goa?</h2>Yes, we do.')
  await apply(await preview())
  const scope = { organizationId: admin.current.organization.id, widgetId }
  const { hits } = await server.database.transaction(scope.organizationId, (transaction) =>
    searchKnowledge(transaction, { ...scope, text: 'deliver to Goa' }),
  )
  expect(hits).toMatchObject([{ url: `${site.url}/delivery#goa` }])
})

it('threat 63: asks nothing of the own network, unless it is told to', async () => {
  await start()
  const { port } = new URL(site.url)
  site.list('/a')
  for (const url of [
    `${site.url}/sitemap.xml`,
    `https://127.0.0.1:${port}/`,
    `https://localhost:${port}/sitemap.xml`,
  ]) {
    const { status, body } = await call('/site', { url })
    expect([url, status, body.error?.field]).toEqual([url, 422, 'url'])
  }
  expect((await call('/site', { url: 'file:///etc/passwd' })).status).toBe(422)
  expect(site.asked).toEqual([])
})

it('reads no site for a widget of somebody else, one at a time, and so many in an hour', async () => {
  await start({ allowPrivateSites: true, limits: { sitesPerOrganization: { points: 2, seconds: 3_600 } } })
  const { organizationId } = await server.chat.api.createOrganization({ name: 'Other' })
  const other = await server.chat.api.createWidget({ organizationId, name: 'Other' })
  const url = `${site.url}/sitemap.xml`
  expect((await call('/site', { url }, other.widgetId)).status).toBe(404)
  expect(site.asked).toEqual([])
  let go = () => {}
  const isAsked = new Promise<void>((asked) => {
    site.pages.set('/sitemap.xml', (response) => {
      go = () => response.writeHead(404).end()
      asked()
    })
  })
  const first = call('/site', { url })
  await isAsked
  expect((await call('/site', { url })).status).toBe(429)
  go()
  expect((await first).status).toBe(422)
  expect(await call('/site', { url })).toMatchObject({ status: 429, body: { error: { code: 'RATE_LIMITED' } } })
  expect(site.asked).toHaveLength(1)
})
