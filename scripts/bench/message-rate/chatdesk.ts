import { randomUUID } from 'node:crypto'
import { type ClientFrame, PROTOCOL_VERSION, type ServerFrame, WEBSOCKET_SUBPROTOCOL } from '@chatdesk/protocol'
import { type Address, type FrameSocket, openSocket, type TransportName } from '../frame-socket.js'
import { forkServer } from '../server-process.js'
import { createExchanges, type Link, type Subject, TEXT } from './link.js'

/** Starts ChatDesk on a database: a Postgres address, or a folder for PGlite. */
export async function startChatDesk(database: string): Promise<Subject> {
  const server = await forkServer(new URL('chatdesk-server.ts', import.meta.url), [database])
  const { base } = server
  const address = { base, path: '/ws', socketPath: '/socket.io/', subprotocol: WEBSOCKET_SUBPROTOCOL, origin: base }
  return {
    name: 'ChatDesk',
    stop: server.stop,
    connect: async (transport, pairs) => {
      const desk = await signIn(base)
      const links: Link[] = []
      for (let n = 0; n < pairs; n++) links.push(await connectPair(transport, address, desk))
      return links
    },
  }
}

/** Opens both sides of a new conversation. */
async function connectPair(transport: TransportName, address: Address, desk: Record<string, string>): Promise<Link> {
  const session = await post<{ token: string }>(address.base, '/api/widget/init', { widgetKey: 'wk_demo' })
  const visitor = await Session.open(await openSocket(transport, address), session.token)
  const started = await visitor.ask({ type: 'conversation.start', commandId: id(), clientConversationId: id() })
  if (started.type !== 'ack' || !started.ok || !started.conversationId) throw new Error('no conversation')
  const { conversationId } = started
  const { ticket } = await post<{ ticket: string }>(address.base, '/api/auth/ticket', {}, desk)
  const agent = await Session.open(await openSocket(transport, address), ticket)
  await agent.ask({ type: 'conversation.watch', commandId: id(), conversationId })

  const exchanges = createExchanges()
  visitor.listen((frame) => {
    if (frame.type !== 'ack') return
    if (!frame.ok) throw new Error(`a message was refused: ${frame.error.code} ${frame.error.message}`)
    exchanges.half(frame.commandId)
  })
  agent.listen((frame) => {
    if (frame.type === 'message.created' && frame.clientMessageId) exchanges.half(frame.clientMessageId)
  })
  return {
    exchange(done) {
      const clientMessageId = id()
      exchanges.begin(clientMessageId, done)
      const parts = [{ type: 'text' as const, text: TEXT }]
      visitor.send({ type: 'message.send', commandId: clientMessageId, conversationId, clientMessageId, parts })
    },
    close() {
      visitor.close()
      agent.close()
    },
  }
}

/** A connection that is past its `session.start`. */
class Session {
  #listener: (frame: ServerFrame) => void = () => {}

  private constructor(private readonly socket: FrameSocket) {
    // Unchecked, as the floor's frames are: the load is not what is measured.
    socket.onFrame((frame) => this.#listener(frame as ServerFrame))
  }

  static async open(socket: FrameSocket, token: string): Promise<Session> {
    const session = new Session(socket)
    const start = { commandId: id(), protocolVersion: PROTOCOL_VERSION, token, cursors: [] }
    const ready = await session.ask({ type: 'session.start', ...start })
    if (ready.type !== 'session.ready') throw new Error(`the session was refused: ${JSON.stringify(ready)}`)
    return session
  }

  listen(listener: (frame: ServerFrame) => void): void {
    this.#listener = listener
  }

  send(frame: ClientFrame): void {
    this.socket.send(frame)
  }

  /** Sends a command and waits for its answer; only while nothing else is on its way. */
  ask(command: ClientFrame & { commandId: string }): Promise<ServerFrame> {
    return new Promise((resolve) => {
      this.listen((frame) => {
        if ('commandId' in frame && frame.commandId === command.commandId) resolve(frame)
      })
      this.send(command)
    })
  }

  close(): void {
    this.socket.close()
  }
}

const id = () => randomUUID()

/** Signs in as the demo's agent; returns the headers that prove it. */
async function signIn(base: string): Promise<Record<string, string>> {
  const response = await fetch(`${base}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ email: 'agent@demo.test', password: 'chatdesk-demo' }),
  })
  if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`)
  const { csrfToken } = (await response.json()) as { csrfToken: string }
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0])
  return { cookie: cookie.join('; '), 'x-chatdesk-csrf': csrfToken }
}

async function post<T>(base: string, path: string, body: object, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base, ...headers },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
