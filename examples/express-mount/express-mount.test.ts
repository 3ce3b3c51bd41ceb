import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ChatServer, createChatServer } from '@chatdesk/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createApp } from './app.js'
import { shopPage } from './shop-page.js'

let chat: ChatServer
let server: Server
let origin: string
let widgetKey: string

beforeAll(async () => {
  chat = createChatServer({ database: { memory: true }, assets: false })
  await chat.migrate()
  const { organizationId } = await chat.api.createOrganization({ name: 'The shop' })
  const widget = await chat.api.createWidget({ organizationId, name: 'The shop' })
  widgetKey = widget.key
  server = createApp(chat, widgetKey).listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await chat.api.updateWidget({ organizationId, widgetId: widget.widgetId, allowedOrigins: [origin] })
})

afterAll(async () => {
  await chat.close()
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(origin + path, { method: 'POST', headers: { 'content-type': 'application/json', origin, ...headers }, body })

describe('the shop', () => {
  it('keeps its pages, its body parser and its errors', async () => {
    expect(await (await fetch(origin)).text()).toContain(`widgetKey: '${widgetKey}'`)
    expect((await post('/orders', '{"item":"tea"}')).status).toBe(201)
    expect((await post('/orders', '{}')).status).toBe(422)
    const malformed = await post('/orders', '{')
    expect(malformed.status).toBe(400)
    expect(await malformed.json()).toEqual({ error: 'bad request' })
    expect((await fetch(`${origin}/chat/no-such-page`)).status).toBe(404)
  })

  it('keeps its WebSocket', async () => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/clock`)
    const [text] = await once(socket, 'message')
    expect(Date.parse(String(text))).not.toBeNaN()
    socket.close()
    await once(socket, 'close')
  })

  it('cuts upgrades that are nobody’s', async () => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/nowhere`)
    const [error] = await once(socket, 'error')
    expect(error).toMatchObject({ code: 'ECONNRESET' })
  })

  it('writes nothing but a key into its script', () => {
    expect(() => shopPage({ chatPath: '/chat', widgetKey: "wk_'</script>" })).toThrow(TypeError)
  })
})

describe('the chat under /chat', () => {
  it('opens a session and takes a message', async () => {
    const init = await post('/chat/api/widget/init', JSON.stringify({ widgetKey }))
    const session = (await init.json()) as { token: string }
    const headers = { authorization: `Bearer ${session.token}` }
    const start = await post('/chat/api/widget/conversations', '{}', headers)
    const { conversation } = (await start.json()) as { conversation: { id: string } }
    const body = JSON.stringify({ clientMessageId: 'message-1', text: 'Do you have tea?' })
    const answer = await post(`/chat/api/widget/conversations/${conversation.id}/messages`, body, headers)
    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject({ seq: 1 })
  })

  it('answers its own upgrades', async () => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/chat/ws`, 'chatdesk.v1', { origin })
    await once(socket, 'open')
    socket.send('{"type":"ping"}')
    const [text] = await once(socket, 'message')
    // S1: any first frame but `session.start` ends the connection.
    expect(String(text)).toContain('UNAUTHENTICATED')
    await once(socket, 'close')
  })

  it('opens no session for a page of another origin', async () => {
    const answer = await post('/chat/api/widget/init', JSON.stringify({ widgetKey }), { origin: 'http://127.0.0.1:1' })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ error: { code: 'FORBIDDEN_ORIGIN' } })
  })
})
