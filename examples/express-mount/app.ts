import { createServer, type Server } from 'node:http'
import type { ChatServer } from '@chatdesk/server'
import express, { type ErrorRequestHandler } from 'express'
import { WebSocketServer } from 'ws'
import { shopPage } from './shop-page.js'

/** The chat's place in the application. */
const CHAT_PATH = '/chat'

/** An application with routes and a WebSocket of its own, and the chat mounted beside them. */
export function createApp(chat: ChatServer, widgetKey: string): Server {
  const app = express()
  app.disable('x-powered-by')

  // Before body parsers: the chat reads its own requests, with its own limits.
  app.use(CHAT_PATH, chat.router)

  app.use(express.json({ limit: '16kb' }))
  app.get('/', (_request, response) => {
    response.type('html').send(shopPage({ chatPath: CHAT_PATH, widgetKey }))
  })
  app.post('/orders', (request, response) => {
    const item: unknown = request.body?.item
    if (typeof item === 'string' && item !== '') response.status(201).json({ item })
    else response.status(422).json({ error: 'item is missing' })
  })
  app.use((_request, response) => {
    response.status(404).json({ error: 'not found' })
  })
  app.use(answerErrors)

  const server = createServer(app)
  const clock = new WebSocketServer({ noServer: true, maxPayload: 1024 })
  server.on('upgrade', (request, socket, head) => {
    if (request.url === '/clock')
      clock.handleUpgrade(request, socket, head, (client) => client.send(new Date().toISOString()))
    // What is under the chat's path is answered by the chat; what is nobody's must not stay open.
    else if (!request.url?.startsWith(`${CHAT_PATH}/`)) socket.destroy()
  })
  chat.attach(server, { path: CHAT_PATH })
  return server
}

/** Express takes a function for an error handler only when it has four parameters. */
const answerErrors: ErrorRequestHandler = (error: { status?: number }, _request, response, next) => {
  if (response.headersSent) {
    next(error)
    return
  }
  const status = error.status ?? 500
  if (status >= 500) console.error(error)
  response.status(status).json({ error: status >= 500 ? 'internal error' : 'bad request' })
}
