import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** Shares connections out in turn, and remembers nobody: whoever comes again may come to another node. */
export interface Balancer {
  port: number
  /** Connections that each port was given. */
  given(): ReadonlyMap<number, number>
  close(): Promise<void>
}

/** Listens on loopback; a node that refuses is passed over. */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const given = new Map<number, number>(ports.map((port) => [port, 0]))
  const sockets = new Set<Socket>()
  let turn = 0
  const hold = (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    // What follows an error is a close.
    socket.on('error', () => {})
  }
  const pass = (client: Socket, attempts: number) => {
    const port = ports[turn++ % ports.length]
    if (port === undefined || attempts === 0 || client.destroyed) return void client.destroy()
    const node = connect(port, '127.0.0.1')
    hold(node)
    let isConnected = false
    node.once('connect', () => {
      isConnected = true
      given.set(port, (given.get(port) ?? 0) + 1)
      client.pipe(node).pipe(client)
    })
    node.once('close', () => {
      if (isConnected) client.destroy()
      else pass(client, attempts - 1)
    })
    client.once('close', () => node.destroy())
  }
  const server = createServer((client) => {
    hold(client)
    pass(client, ports.length)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as { port: number }).port,
    given: () => given,
    async close() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}
