import { randomUUID } from 'node:crypto'
import { PROTOCOL_VERSION, parseServerFrame, type ServerFrame, WEBSOCKET_SUBPROTOCOL } from '@chatdesk/protocol'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'

/** What a connection is opened with. */
export interface TestClientOptions {
  origin?: string | undefined
  headers?: Record<string, string> | undefined
  query?: Record<string, string> | undefined
}

/** A client without a rule of its own: sends what it is told, keeps what it is sent. */
export interface TestClient {
  /** Everything that came, in order. */
  readonly frames: readonly ServerFrame[]
  /** Sends text as it is, or a frame as JSON. */
  send(frame: string | object): void
  /** Sends bytes where the transport can. */
  sendBinary(bytes: Uint8Array): void
  /** The next frame of this type that no `next` has given yet, come or coming. Rejects when the connection ends first. */
  next<T extends ServerFrame['type']>(type: T): Promise<Extract<ServerFrame, { type: T }>>
  /** Sends a command and waits for its answer. */
  ask(command: { type: string } & Record<string, unknown>): Promise<ServerFrame>
  /** Starts a session and waits for the answer: `session.ready`, or the refusal. */
  start(token: string, facts?: Record<string, unknown>): Promise<ServerFrame>
  /** The close code; 1006 where the transport has none. */
  readonly closed: Promise<number>
  close(): void
}

/** Opens a connection to `url`, an `http:` address of the mount point. */
export type Connect = (url: string, options?: TestClientOptions) => Promise<TestClient>

/** How one means of carrying frames is used. */
export interface Wire {
  send(text: string): void
  sendBinary(bytes: Uint8Array): void
  close(): void
}

/** A client over a wire; what comes of the wire is told to the answer. */
export function createTestClient(wire: Wire): {
  client: TestClient
  onText(text: string): void
  onClose(code: number): void
} {
  const frames: ServerFrame[] = []
  const given = new Set<ServerFrame>()
  const checks = new Set<() => void>()
  let ended = false
  let close = (_code: number) => {}
  const closed = new Promise<number>((resolve) => {
    close = resolve
  })

  const waitFor = (matches: (frame: ServerFrame) => boolean) =>
    new Promise<ServerFrame>((resolve, reject) => {
      const check = () => {
        const frame = frames.find((candidate) => !given.has(candidate) && matches(candidate))
        if (frame) {
          given.add(frame)
          checks.delete(check)
          resolve(frame)
        } else if (ended)
          reject(
            new Error(
              `ended; last came ${
                frames
                  .slice(-3)
                  .map(({ type }) => type)
                  .join(', ') || 'nothing'
              }`,
            ),
          )
      }
      checks.add(check)
      check()
    })
  const ask: TestClient['ask'] = (command) => {
    const commandId = randomUUID()
    client.send({ commandId, ...command })
    const wanted = (command.commandId as string | undefined) ?? commandId
    return waitFor((frame) => 'commandId' in frame && frame.commandId === wanted)
  }

  const client: TestClient = {
    frames,
    send: (frame) => wire.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    sendBinary: wire.sendBinary,
    next: (type) => waitFor((frame) => frame.type === type) as Promise<never>,
    ask,
    start: (token, facts = {}) =>
      ask({ type: 'session.start', protocolVersion: PROTOCOL_VERSION, token, cursors: [], ...facts }),
    closed,
    close: wire.close,
  }
  return {
    client,
    onText(text) {
      const result = parseServerFrame(text)
      if (!result.ok) throw new Error(`the server sent what is no frame: ${text}`)
      frames.push(result.value)
      for (const check of checks) check()
    },
    onClose(code) {
      ended = true
      close(code)
      for (const check of checks) check()
    },
  }
}

/** By WebSocket. */
export const connectWebSocket: Connect = async (url, { origin, headers, query } = {}) => {
  const address = new URL(`${url.replace(/^http/, 'ws')}/ws`)
  for (const [name, value] of Object.entries(query ?? {})) address.searchParams.set(name, value)
  const socket = new WebSocket(address, WEBSOCKET_SUBPROTOCOL, {
    headers: { ...headers, ...(origin ? { origin } : {}) },
  })
  const { client, onText, onClose } = createTestClient({
    send: (text) => socket.send(text),
    sendBinary: (bytes) => socket.send(bytes),
    close: () => socket.close(),
  })
  socket.on('message', (data) => onText(data.toString()))
  socket.on('close', onClose)
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.on('error', reject)
  })
  return client
}

/** By socket.io; `transports` as in its client. */
export function connectSocketIo(transports: ('websocket' | 'polling')[]): Connect {
  return async (url, { origin, headers, query } = {}) => {
    const { origin: host, pathname } = new URL(url)
    const socket = io(host, {
      path: `${pathname.replace(/\/$/, '')}/socket.io/`,
      transports,
      reconnection: false,
      forceNew: true,
      ...(query ? { query } : {}),
      extraHeaders: { ...headers, ...(origin ? { origin } : {}) },
    })
    const { client, onText, onClose } = createTestClient({
      send(text) {
        try {
          socket.emit('frame', JSON.parse(text))
        } catch {
          // No JSON, or deeper than the library can write.
          socket.emit('frame', text)
        }
      },
      sendBinary: (bytes) => void socket.emit('frame', bytes),
      close: () => void socket.disconnect(),
    })
    socket.on('frame', (frame) => onText(JSON.stringify(frame)))
    socket.on('disconnect', () => onClose(1006))
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', reject)
    })
    return client
  }
}

/** Every way to the server that agents have too, for `describe.each`; visitors have `TRANSPORTS`. */
export const CONNECTS: readonly [name: string, connect: Connect][] = [
  ['websocket', connectWebSocket],
  ['socket.io by websocket', connectSocketIo(['websocket'])],
  ['socket.io by polling', connectSocketIo(['polling'])],
]
