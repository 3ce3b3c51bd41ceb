import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestServer } from '@chatdesk/server/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { callsOf } from './calls.js'
import { createStage, type Stage } from './stage.js'

let stage: Stage
beforeAll(async () => {
  stage = await createStage('PGlite')
})
afterAll(() => stage.close())

/** Whether a browser would refuse to show it in a frame, by the newer word and by the older one. */
const forbidsFrames = ({ headers }: Response) =>
  /(^|;)\s*frame-ancestors 'none'\s*(;|$)/.test(headers.get('content-security-policy') ?? '') &&
  headers.get('x-frame-options') === 'DENY'

it('threat 17: every route forbids to be framed, whether it answers or refuses', async () => {
  const { url, origin } = stage.server
  const framed: string[] = []
  for (const route of stage.routes)
    for (const caller of stage.callers)
      for (const { path } of callsOf(stage, route, 'own')) {
        // Without a body: whatever it then says, it says under these headers.
        const answer = await fetch(url + path, {
          method: route.method.toUpperCase(),
          headers: { origin, ...caller.headers },
        })
        await answer.arrayBuffer()
        if (!forbidsFrames(answer)) framed.push(`${caller.name}: ${route.method} ${path}: ${answer.status}`)
        if (answer.status < 300 && route.method !== 'get') await stage.snapshot.restore()
      }
  for (const path of ['/healthz', '/readyz', '/api/auth/nothing', '/api/chat-widget/nothing', '/api/widget/nothing']) {
    const answer = await fetch(url + path)
    if (answer.status !== 404 && !forbidsFrames(answer)) framed.push(path)
  }
  expect(framed).toEqual([])
}, 120_000)

it('threat 17: so does every page of the console', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'chatdesk-'))
  mkdirSync(join(directory, 'assets'))
  writeFileSync(join(directory, 'index.html'), '<!doctype html><title>Console</title>')
  writeFileSync(join(directory, 'assets', 'main.js'), '0')
  const server = await createTestServer({ assets: { console: directory, widget: undefined } })
  for (const path of [
    '/console',
    '/console/',
    '/console/c/1',
    '/console/invite',
    '/console/setup',
    '/console/assets/main.js',
  ]) {
    const answer = await server.get(path)
    expect([path, forbidsFrames(answer)]).toEqual([path, true])
  }
  await server.close()
  rmSync(directory, { recursive: true })
})
