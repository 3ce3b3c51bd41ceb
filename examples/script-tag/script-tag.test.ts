import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serve } from './serve.js'

let server: Server
let url: string

beforeAll(async () => {
  server = await serve(0)
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  server.close()
  await once(server, 'close')
})

it('serves the page with the snippet', async () => {
  const response = await fetch(url)
  expect(response.headers.get('content-type')).toMatch('text/html')
  const page = await response.text()
  expect(page).toContain("'script','chatdesk','http://localhost:3001/widget.js'")
  expect(page).toContain("chatdesk('init', { widgetKey: 'wk_demo' })")
})

it('serves nothing else', async () => {
  for (const path of ['/serve.js', '/package.json', '/../package.json', '/%2e%2e/package.json'])
    expect((await fetch(url + path)).status).toBe(404)
})
