import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServer, type TestServer } from '../testing/index.js'
import { consoleAtRoot } from './static-assets.js'

describe.each(['', '/chat'])('files at %j', (path) => {
  let directory: string
  let server: TestServer
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'chatdesk-'))
    const files = {
      'widget/widget.js': 'loader',
      'widget/widget-0123456789ab.js': 'pinned loader',
      'widget/integrity.json': '{}',
      'widget/abc123/large.js': 'panel();'.repeat(1_000),
      'widget/abc123/panel.js': 'panel',
      'console/index.html': '<title>console</title>',
      'console/icon.svg': '<svg/>',
      'console/preview/index.html': '<title>preview</title>',
      'console/preview/preview.js': 'preview',
      'console/assets/app-abc123.js': 'app',
      'demo-site/index.html': '<title>demo</title>',
      'secret.txt': 'secret',
    }
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true })
      writeFileSync(join(directory, name), content)
    }
    const assets = {
      widget: join(directory, 'widget'),
      console: join(directory, 'console'),
      demoSite: join(directory, 'demo-site'),
    }
    server = await createTestServer({ path, assets })
  })
  afterAll(async () => {
    await server.close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('the loader is asked for each time, its chunks are kept for ever, both by any page', async () => {
    const loader = await server.get('/widget.js')
    expect(await loader.text()).toBe('loader')
    expect(loader.headers.get('cache-control')).toBe('no-cache')
    expect(loader.headers.get('etag')).not.toBeNull()
    const panel = await server.get('/widget/abc123/panel.js')
    expect(await panel.text()).toBe('panel')
    expect(panel.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    for (const { headers } of [loader, panel]) {
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-type')).toContain('javascript')
    }
  })

  it('the loader is not found among what is kept for ever', async () => {
    for (const name of ['widget.js', 'widget-0123456789ab.js'])
      expect((await server.get(`/widget/${name}`)).status).toBe(404)
  })

  it('threat 20: the loader of one build is kept for ever, the list of digests is asked for each time, both by any page', async () => {
    const pinned = await server.get('/widget-0123456789ab.js')
    expect(await pinned.text()).toBe('pinned loader')
    expect(pinned.headers.get('cache-control')).toContain('immutable')
    const digests = await server.get('/widget/integrity.json')
    expect(digests.headers.get('cache-control')).toBe('no-cache')
    // A digest is compared with what may be read only.
    for (const { headers } of [pinned, digests]) expect(headers.get('access-control-allow-origin')).toBe('*')
  })

  it('a chunk is found with a slash too many, which is how the loader asks again', async () => {
    expect(await (await server.get('/widget/abc123///panel.js')).text()).toBe('panel')
  })

  it('a file travels compressed', async () => {
    const { headers } = await server.get('/widget/abc123/large.js')
    expect(headers.get('content-encoding')).toMatch(/^(br|gzip)$/)
    expect(headers.get('vary')).toContain('Accept-Encoding')
  })

  it('threats 17, 55: the console stands in no frame, runs its own scripts only, and makes no markup of text', async () => {
    for (const address of ['/console/', '/console/icon.svg', '/console/assets/app-abc123.js', '/console/inbox']) {
      const { headers, status } = await server.get(address)
      expect(status).toBe(200)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toMatch(/script-src 'self'(;|$)/)
      expect(policy).toContain("require-trusted-types-for 'script';trusted-types default")
      expect(headers.get('x-frame-options')).toBe('DENY')
    }
  })

  it('threat 17: the preview stands in a frame of the console alone, has no origin, and fetches nothing', async () => {
    for (const address of ['/console/preview/', '/console/preview/preview.js']) {
      const { headers, status } = await server.get(address)
      expect(status).toBe(200)
      const policy = headers.get('content-security-policy') ?? ''
      for (const line of ["default-src 'none'", "frame-ancestors 'self'", 'sandbox allow-scripts'])
        expect(policy.split(';')).toContain(line)
      expect(policy).not.toMatch(/connect-src|allow-same-origin|unsafe/)
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
    }
    const { headers } = await server.get('/console/')
    expect(headers.get('content-security-policy')).toContain("frame-src 'self'")
  })

  it('the console is found without the slash at its end, and by every path below it', async () => {
    const found = await server.get('/console')
    expect(found.url).toBe(`${server.url}/console/`)
    for (const address of ['/console', '/console/', '/console/conversations/1']) {
      const page = await server.get(address)
      expect(await page.text()).toBe('<title>console</title>')
      expect(page.headers.get('cache-control')).toBe('no-cache')
    }
    const asset = await server.get('/console/assets/app-abc123.js')
    expect(asset.headers.get('cache-control')).toContain('immutable')
    expect(await (await server.get('/')).text()).toBe('<title>demo</title>')
  })

  it.each([
    '/widget/../secret.txt',
    '/widget/..%2fsecret.txt',
    '/widget/%2e%2e/secret.txt',
    '/widget/abc123',
    '/widget/none.js',
    '/console/assets/none.js',
  ])('nothing is found at %s', async (address) => {
    const answer = await server.get(address)
    expect(await answer.text()).not.toContain('secret\n')
    expect([403, 404]).toContain(answer.status)
  })
})

it.each([
  ['where the console is served', { console: '/console' }, [302, '/console/']],
  ['but not from a demo site', { console: '/console', demoSite: '/demo' }, [404, null]],
  ['nor without a console', {}, [404, null]],
] as const)('the bare address leads to the console %s', async (_where, directories, expected) => {
  const server = createServer(express().use(consoleAtRoot(directories))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' })
  expect([response.status, response.headers.get('location')]).toEqual(expected)
  server.closeAllConnections()
  server.close()
})
