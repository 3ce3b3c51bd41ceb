import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createChatServer } from '@chatdesk/server'
import { createTestDatabase } from '@chatdesk/server/testing'
import express from 'express'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { CONNECTS } from '../src/realtime/testing/test-client.js'

let close: () => Promise<unknown>
let origin: string
let token: string

/** An app that was there before the chat: a route, a body parser, a WebSocket of its own and a path that looks like ours. */
beforeAll(async () => {
  const { database, drop } = await createTestDatabase('PGlite')
  const chat = createChatServer({ database, assets: false })
  await chat.migrate()
  const app = express()
  app.use('/chat', chat.router)
  app.use(express.json())
  app.get('/', (_request, response) => response.send('the shop'))
  app.get('/socket.io/', (_request, response) => response.send("the shop's own"))
  const http = createServer(app)
  const hostSockets = new WebSocketServer({ noServer: true })
  http.on('upgrade', (request, socket, head) => {
    if (request.url === '/ws') hostSockets.handleUpgrade(request, socket, head, (client) => client.send('the shop'))
  })
  chat.attach(http, { path: '/chat' })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`

  const { organizationId } = await chat.api.createOrganization({ name: 'Shop' })
  const { key } = await chat.api.createWidget({ organizationId, name: 'Shop', allowedOrigins: [origin] })
  const init = await fetch(`${origin}/chat/api/widget/init`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ widgetKey: key }),
  })
  token = ((await init.json()) as { token: string }).token
  close = async () => {
    await chat.close()
    http.closeAllConnections()
    await new Promise((resolve) => http.close(resolve))
    await drop()
  }
})
afterAll(() => close())

it.each(CONNECTS)('serves an app under /chat over %s', async (_name, connect) => {
  const client = await connect(`${origin}/chat`, { origin })
  expect(await client.start(token)).toMatchObject({ type: 'session.ready', self: { kind: 'visitor' } })
  client.close()
})

it('leaves the app its routes and its WebSocket', async () => {
  expect(await (await fetch(origin)).text()).toBe('the shop')
  expect(await (await fetch(`${origin}/socket.io/`)).text()).toBe("the shop's own")
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`)
  expect(String((await once(socket, 'message'))[0])).toBe('the shop')
  socket.terminate()
})
