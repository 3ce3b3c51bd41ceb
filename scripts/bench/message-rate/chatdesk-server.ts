// ChatDesk as it is built and mounted, on the database given. Limits that protect it from one client are raised, because
// the load of thousands of people comes from one; nothing else is changed.
import { createServer } from 'node:http'
import { createChatServer } from '@chatdesk/server'
import express from 'express'
import { announce } from '../server-process.js'

const UNLIMITED = { points: 1_000_000, seconds: 1 }
const UNLIMITED_RATE = { perSecond: 1_000_000, burst: 1_000_000 }

const [database = ''] = process.argv.slice(2)
const chat = createChatServer({
  database: database.startsWith('postgres') ? { url: database } : { dataDir: database },
  assets: false,
  limits: {
    initPerAddress: UNLIMITED,
    callsPerAddress: UNLIMITED,
    realtime: {
      messages: UNLIMITED_RATE,
      frames: UNLIMITED_RATE,
      commandsInFlight: 1_000_000,
      // One member of the team holds every connection on that side.
      connectionsPerSession: 10_000,
      connectionsPerAddress: 10_000,
      requestsPerAddress: UNLIMITED_RATE,
    },
  },
})
await chat.migrate()
const server = createServer(express().use(chat.router))
chat.attach(server)
server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address() as { port: number }
  const { organizationId } = await chat.api.createOrganization({ name: 'Bench' })
  await chat.api.createMember({
    organizationId,
    email: 'agent@demo.test',
    name: 'Asha Rao',
    password: 'chatdesk-demo',
    role: 'agent',
  })
  await chat.api.createWidget({
    organizationId,
    key: 'wk_demo',
    name: 'Bench',
    allowedOrigins: [`http://127.0.0.1:${port}`],
  })
  announce({ port })
})
