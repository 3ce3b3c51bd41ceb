// The floor: what a durable chat costs when it does nothing else. No authorisation, order, history or retry: a message is
// committed with those that arrived meanwhile, acked to its author and handed to the other party.
import { createServer } from 'node:http'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { Server } from 'socket.io'
import { WebSocketServer } from 'ws'
import { announce } from '../server-process.js'

interface Party {
  send(frame: object): void
}

interface Waiting {
  pair: string
  id: string
  text: string
  author: Party
}

type Frame = { type: 'join'; pair: string; role: string } | ({ type: 'send' } & Omit<Waiting, 'author'>)

const [transport, database] = process.argv.slice(2)
const query = await openStore(database as string)
const pairs = new Map<string, Record<string, Party>>()

let waiting: Waiting[] = []
let committing = false

/** Commits whatever gathered while the last batch was written. */
async function commit(): Promise<void> {
  committing = true
  while (waiting.length > 0) {
    const batch = waiting
    waiting = []
    await query(
      'insert into floor_messages (pair, client_id, body) select * from unnest($1::text[], $2::text[], $3::text[])',
      [batch.map(({ pair }) => pair), batch.map(({ id }) => id), batch.map(({ text }) => text)],
    )
    for (const { pair, id, text, author } of batch) {
      author.send({ type: 'ack', id })
      pairs.get(pair)?.agent?.send({ type: 'message', id, text })
    }
  }
  committing = false
}

/** Reads one frame of a party: who it is, or what it says. */
function receive(party: Party, frame: Frame): void {
  if (frame.type === 'join') {
    pairs.set(frame.pair, { ...pairs.get(frame.pair), [frame.role]: party })
    party.send({ type: 'joined' })
    return
  }
  waiting.push({ pair: frame.pair, id: frame.id, text: frame.text, author: party })
  if (!committing) void commit()
}

async function openStore(url: string): Promise<(sql: string, values: unknown[]) => Promise<unknown>> {
  const table = `create table if not exists floor_messages (
    seq bigint generated always as identity primary key, pair text not null, client_id text not null, body text not null,
    created_at timestamptz not null default now())`
  if (url.startsWith('postgres')) {
    const pool = new pg.Pool({ connectionString: url })
    await pool.query(table)
    return (sql, values) => pool.query(sql, values)
  }
  const lite = await PGlite.create(url)
  await lite.exec(table)
  return (sql, values) => lite.query(sql, values)
}

const server = createServer()
if (transport === 'ws') {
  new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
    const party = { send: (frame: object) => socket.send(JSON.stringify(frame)) }
    socket.on('message', (data) => receive(party, JSON.parse(String(data))))
  })
} else {
  new Server(server, { serveClient: false, perMessageDeflate: false }).on('connection', (socket) => {
    const party = { send: (frame: object) => void socket.emit('frame', frame) }
    socket.on('frame', (frame: Frame) => receive(party, frame))
  })
}
server.listen(0, '127.0.0.1', () => announce({ port: (server.address() as { port: number }).port }))
