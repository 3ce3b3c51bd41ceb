import type { AdministeredWidget, Department, WidgetSettings } from '@chatdesk/protocol'
import { listInstallationsResponse, listWidgetsResponse, widgetResponse } from '@chatdesk/protocol/schemas'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLogger } from '../platform/logger.js'
import { createTestServer, type TestServer } from '../testing/create-test-server.js'
import { TEST_DATABASES } from '../testing/test-database.js'
import { createInstallationLog } from './installations.js'

/** Whatever the routes answer. */
interface Answer {
  widget: AdministeredWidget
  department: Department
  departments: Department[]
  entries: unknown[]
  error: { code: string; field?: string }
}

describe.each(TEST_DATABASES)('widgets on %s', (kind) => {
  let server: TestServer
  let headers: Record<string, string>
  const now = { value: new Date('2026-01-05T12:00:00.000Z') }
  beforeAll(async () => {
    server = await createTestServer({ kind, clock: () => now.value })
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    headers = (await server.signIn('client_admin')).headers
  })

  const call = async (method: string, path: string, body?: object) => {
    const json = body === undefined ? {} : { body: JSON.stringify(body) }
    const all = { ...headers, origin: server.origin, ...(body ? { 'content-type': 'application/json' } : {}) }
    const answer = await fetch(`${server.url}/api/chat-widget${path}`, { method, headers: all, ...json })
    return { status: answer.status, body: (answer.status === 204 ? {} : await answer.json()) as Answer }
  }
  const create = async (input: object = {}) => {
    const { status, body } = await call('POST', '/widgets', { name: 'Shop', ...input })
    expect(status).toBe(201)
    return widgetResponse.parse(body).widget
  }
  const configOf = (key: string, more: Record<string, string> = {}) =>
    fetch(`${server.url}/api/chat-widget/public/widget/${key}/config`, { headers: more })

  it('are made, listed, read, changed and deleted, and the trail says by whom', async () => {
    const made = await create({ allowedOrigins: ['https://Shop.example/'], settings: { greeting: '  Hello ' } })
    expect(made).toMatchObject({
      key: expect.stringMatching(/^wk_[\w-]{22}$/),
      allowedOrigins: ['https://shop.example'],
      createdBy: { name: 'Vikram Shah' },
      settings: { greeting: 'Hello', primaryColor: '#2f5bea', tabs: 'isolated' },
    })
    const changes = { name: 'Store', settings: { primaryColor: '#000000' } }
    const changed = await call('PATCH', `/widgets/${made.id}`, changes)
    expect(changed.body).toMatchObject({
      widget: { name: 'Store', settings: { greeting: 'Hello', primaryColor: '#000000' } },
    })
    expect((await call('GET', `/widgets/${made.id}`)).body).toEqual(changed.body)
    const { widgets } = listWidgetsResponse.parse((await call('GET', '/widgets')).body)
    expect(widgets.map(({ id }) => id)).toContain(made.id)
    expect((await call('DELETE', `/widgets/${made.id}`)).status).toBe(204)
    expect((await call('GET', `/widgets/${made.id}`)).status).toBe(404)
    const { entries } = (await call('GET', '/audit')).body
    expect(entries.slice(0, 3)).toMatchObject([
      { action: 'widget.delete', target: { id: made.id, name: 'Store' }, actor: { name: 'Vikram Shah' } },
      {
        action: 'widget.update',
        changes: { name: { from: 'Shop', to: 'Store' }, primaryColor: { from: '#2f5bea', to: '#000000' } },
      },
      { action: 'widget.create' },
    ])
  })

  it('two changes at the same time lose nothing of each other', async () => {
    const { id } = await create()
    const said = {
      greeting: 'Hello',
      offlineMessage: 'Away',
      expectedReply: 'Soon',
      position: 'bottom-left',
      autoOpen: true,
    }
    await Promise.all(
      Object.entries(said).map(([field, value]) => call('PATCH', `/widgets/${id}`, { settings: { [field]: value } })),
    )
    expect((await call('GET', `/widgets/${id}`)).body).toMatchObject({ widget: { settings: said } })
  })

  it.each([
    [{ settings: { primaryColor: 'red' } }, 'settings.primaryColor'],
    [{ settings: { departmentIds: ['01890000-0000-7000-8000-000000000000'] } }, 'departmentIds'],
    [{ allowedOrigins: ['https://*'] }, 'allowedOrigins'],
    [{ key: 'wk_mine' }, ''],
    [{ organizationId: '01890000-0000-7000-8000-000000000000' }, ''],
    [
      { settings: { businessHours: { timeZone: 'Mars/Base', week: [], exceptions: [] } } },
      'settings.businessHours.timeZone',
    ],
  ])('[E2] refuses %j', async (input, field) => {
    const { id } = await create()
    const before = (await call('GET', `/widgets/${id}`)).body
    const { status, body } = await call('PATCH', `/widgets/${id}`, input)
    expect([status, body.error.code, body.error.field]).toEqual([422, 'VALIDATION_FAILED', field])
    expect((await call('GET', `/widgets/${id}`)).body).toEqual(before)
  })

  it('a key that was changed works for a week more', async () => {
    const { id, key: first } = await create()
    const turned = widgetResponse.parse((await call('POST', `/widgets/${id}/rotate-key`)).body).widget
    expect(turned.previousKeyUntil).toBe('2026-01-12T12:00:00.000Z')
    for (const key of [first, turned.key]) expect((await configOf(key)).status).toBe(200)
    now.value = new Date('2026-01-12T12:00:00.000Z')
    expect((await configOf(first)).status).toBe(404)
    expect((await configOf(turned.key)).status).toBe(200)
  })

  it('one that is switched off opens no session and ends those that stand', async () => {
    const { id, key } = await create({ allowedOrigins: [server.origin] })
    const { token } = await server.initVisitor({ widgetKey: key })
    const read = () =>
      fetch(`${server.url}/api/widget/departments`, {
        headers: { authorization: `Bearer ${token}`, origin: server.origin },
      })
    expect((await read()).status).toBe(200)
    await call('PATCH', `/widgets/${id}`, { enabled: false })
    const init = () => server.post('/api/widget/init', { widgetKey: key }, { origin: server.origin })
    for (const ask of [read, () => configOf(key), init]) {
      const answer = await ask()
      expect([answer.status, ((await answer.json()) as Answer).error.code]).toEqual([403, 'FORBIDDEN'])
      // The page is told why, and goes on to nothing else.
      expect(answer.headers.get('access-control-allow-origin')).toBeTruthy()
    }
    await call('PATCH', `/widgets/${id}`, { enabled: true })
    expect((await read()).status).toBe(200)
  })

  it('[G1] has a version, another one with each change of what is shown, and with nothing else', async () => {
    const hours = { timeZone: 'UTC', week: [{ day: 1, from: '09:00', to: '17:00' }], exceptions: [] }
    const { id, key } = await create({ allowedOrigins: [server.origin], settings: { businessHours: hours } })
    const versionOf = async (answer: Promise<Response>) => {
      const { widget } = (await (await answer).json()) as { widget: WidgetSettings }
      return widget.version
    }
    const version = () => versionOf(configOf(key))
    const first = await version()
    expect(first).toMatch(/^[\w-]{16}$/)
    expect(await versionOf(server.post('/api/widget/init', { widgetKey: key }))).toBe(first)
    const seen = [first]
    for (const change of [
      { name: 'Another' },
      { settings: { greeting: 'Hi' } },
      { settings: { primaryColor: '#be123c' } },
      { settings: { businessHours: null } },
    ]) {
      await call('PATCH', `/widgets/${id}`, change)
      seen.push(await version())
    }
    expect(new Set(seen).size).toBe(5)
    await call('PATCH', `/widgets/${id}`, { allowedOrigins: ['https://shop.example'], allowMissingOrigin: true })
    await call('POST', `/widgets/${id}/rotate-key`)
    expect(await version()).toBe(seen.at(-1))
  })

  it('a change that changes nothing is not in the trail, and moves nothing', async () => {
    const hours = { timeZone: 'UTC', week: [{ day: 1, from: '09:00', to: '17:00' }], exceptions: [] }
    const input = { allowedOrigins: ['https://shop.example'], settings: { businessHours: hours, greeting: 'Hello' } }
    const { id } = await create(input)
    const before = (await call('GET', `/widgets/${id}`)).body
    const trail = async () => (await call('GET', '/audit')).body.entries
    const entries = await trail()
    now.value = new Date(now.value.getTime() + 1_000)
    for (const same of [{}, { settings: {} }, { name: 'Shop', enabled: true, ...input }])
      expect((await call('PATCH', `/widgets/${id}`, same)).body).toEqual(before)
    expect(await trail()).toEqual(entries)
    expect((await call('GET', `/widgets/${id}`)).body).toEqual(before)
  })

  it('shows every page its settings, and answers 304 while they stay', async () => {
    const hours = { timeZone: 'UTC', week: [{ day: 1, from: '09:00', to: '17:00' }], exceptions: [] }
    const { id, key } = await create({ settings: { businessHours: hours, greeting: 'Hello' } })
    now.value = new Date('2026-01-19T10:00:00.000Z')
    headers = (await server.signIn('client_admin')).headers
    const first = await configOf(key, { origin: 'https://anywhere.example' })
    expect(first.headers.get('access-control-allow-origin')).toBe('*')
    expect(await first.json()).toMatchObject({
      widget: { key, greeting: 'Hello', open: true, nextChangeAt: '2026-01-19T17:00:00.000Z' },
    })
    // Node's fetch asks no cache at all unless it is told how.
    const etag = { 'if-none-match': first.headers.get('etag') ?? '', 'cache-control': 'max-age=0' }
    expect((await configOf(key, etag)).status).toBe(304)
    await call('PATCH', `/widgets/${id}`, { settings: { greeting: 'Hi' } })
    expect((await configOf(key, etag)).status).toBe(200)
    now.value = new Date('2026-01-19T17:00:00.000Z')
    expect(((await (await configOf(key)).json()) as { widget: WidgetSettings }).widget.open).toBe(false)
  })

  it('knows where it was seen, and where it was refused', async () => {
    const { id, key } = await create({ allowedOrigins: ['https://shop.example'] })
    const seen = async () =>
      listInstallationsResponse.parse((await call('GET', `/widgets/${id}/installations`)).body).installations
    const visit = (origin: string) => server.post('/api/widget/init', { widgetKey: key, version: '1.2.3' }, { origin })
    await visit('https://shop.example')
    await visit('https://shop.example')
    await expect.poll(seen).toMatchObject([{ domain: 'shop.example', refused: false, version: '1.2.3', visits: 1 }])
    now.value = new Date(now.value.getTime() + 60_000)
    await visit('https://shop.example')
    await visit('https://evil.example:8443')
    await expect.poll(async () => (await seen()).length).toBe(2)
    expect(await seen()).toContainEqual(expect.objectContaining({ domain: 'evil.example:8443', refused: true }))
    await expect.poll(async () => (await seen()).find(({ domain }) => domain === 'shop.example')?.visits).toBe(2)
  })

  it('keeps the sites that were seen last, so that no stranger fills the table', async () => {
    const { id } = await create()
    const { organizationId } = (await server.database.system
      .selectFrom('widgets')
      .select('organization_id as organizationId')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()) as { organizationId: string }
    const log = createInstallationLog({ database: server.database, clock: () => now.value, logger: silentLogger })
    for (const [refused, kept] of [
      [true, 200],
      [false, 1_000],
    ] as const) {
      await sql`insert into installations (organization_id, widget_id, domain, refused, first_seen_at, last_seen_at)
        select ${organizationId}::uuid, ${id}::uuid, n || ${`.${refused}.example`}, ${refused}, t, t
        from generate_series(1, ${kept}::int) n, lateral (select timestamptz '2025-01-01' + n * interval '1 second') as m (t)`.execute(
        server.database.system,
      )
      log.saw({ organizationId, widgetId: id, origin: `https://new.${refused}.test`, refused })
      await log.idle()
      const rows = await server.database.system
        .selectFrom('installations')
        .select('domain')
        .where('widget_id', '=', id)
        .where('refused', '=', refused)
        .execute()
      const domains = rows.map(({ domain }) => domain)
      expect(domains).toHaveLength(kept)
      expect(domains).toContain(`new.${refused}.test`)
      expect(domains).not.toContain(`1.${refused}.example`)
    }
  })

  it('offers departments in the order that it names them; a name is given once', async () => {
    const department = async (name: string) =>
      (await call('POST', '/departments', { name, description: `${name}!` })).body.department
    const [sales, support] = [await department(`Sales ${kind}`), await department(`Support ${kind}`)]
    const again = await call('POST', '/departments', { name: sales.name })
    expect([again.status, again.body.error.field]).toEqual([422, 'name'])
    const { id, key } = await create({
      allowedOrigins: [server.origin],
      settings: { departmentIds: [support.id, sales.id] },
    })
    const { token } = await server.initVisitor({ widgetKey: key })
    const offered = async () => {
      const answer = await fetch(`${server.url}/api/widget/departments`, {
        headers: { authorization: `Bearer ${token}`, origin: server.origin },
      })
      return ((await answer.json()) as Answer).departments
    }
    expect(await offered()).toEqual([support, sales].map(({ id, name, description }) => ({ id, name, description })))
    expect((await call('PATCH', `/departments/${sales.id}`, { name: 'Orders' })).body.department.name).toBe('Orders')
    expect((await call('DELETE', `/departments/${support.id}`)).status).toBe(204)
    expect((await offered()).map(({ name }: { name: string }) => name)).toEqual(['Orders'])
    expect((await call('GET', `/widgets/${id}`)).body.widget.settings.departmentIds).toEqual([sales.id])
  })

  it('a change that changes nothing is not in the trail', async () => {
    const { id } = (await call('POST', '/departments', { name: `Same as ever ${kind}` })).body.department
    const { entries } = (await call('GET', '/audit')).body
    const name = `Same as ever ${kind}`
    for (const body of [{}, { name }]) expect((await call('PATCH', `/departments/${id}`, body)).status).toBe(200)
    expect((await call('GET', '/audit')).body.entries).toEqual(entries)
  })

  it('two changes of a department at the same time lose nothing of each other, and give no name twice', async () => {
    for (let n = 0; n < 5; n++) {
      const made = await Promise.all(
        ['One', 'Two'].map((name) => call('POST', '/departments', { name: `${name} ${n}` })),
      )
      const [one, two] = made.map(({ body }) => `/departments/${body.department.id}`) as [string, string]
      await Promise.all([call('PATCH', one, { name: `Uno ${n}` }), call('PATCH', one, { description: 'First' })])
      const { departments } = (await call('GET', '/departments')).body
      expect(departments).toContainEqual(expect.objectContaining({ name: `Uno ${n}`, description: 'First' }))
      const both = await Promise.all([one, two].map((path) => call('PATCH', path, { name: `Same ${n}` })))
      expect(both.map(({ status }) => status).sort()).toEqual([200, 422])
    }
  })

  it('a department that goes while a widget begins to offer it is offered by none', async () => {
    for (let n = 0; n < 10; n++) {
      const { id } = (await call('POST', '/departments', { name: `Gone ${n}` })).body.department
      const widget = await create(n % 2 ? { settings: { departmentIds: [id] } } : {})
      const settings = { departmentIds: [id], greeting: 'Hello' }
      const [, gone] = await Promise.all([
        call('PATCH', `/widgets/${widget.id}`, { settings }),
        call('DELETE', `/departments/${id}`),
      ])
      expect(gone.status).toBe(204)
      const renamed = await call('PATCH', `/widgets/${widget.id}`, { name: 'Still mine to change' })
      expect(renamed.body).toMatchObject({ widget: { settings: { departmentIds: [] } } })
    }
  })
})
