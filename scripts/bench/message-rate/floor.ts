import { type FrameSocket, openSocket, type TransportName } from '../frame-socket.js'
import { forkServer } from '../server-process.js'
import { createExchanges, type Link, type Subject, TEXT } from './link.js'

/** Starts the floor on a transport and a database: a Postgres address, or a folder for PGlite. */
export async function startFloor(transport: TransportName, database: string): Promise<Subject> {
  const server = await forkServer(new URL('floor-server.ts', import.meta.url), [transport, database])
  const address = { base: server.base, path: '/', socketPath: '/socket.io/', origin: server.base }
  return {
    name: 'floor',
    stop: server.stop,
    connect: async (_, pairs) => {
      const links: Link[] = []
      for (let n = 0; n < pairs; n++) {
        const pair = `pair-${n}`
        const [visitor, agent] = await Promise.all([openSocket(transport, address), openSocket(transport, address)])
        await Promise.all([join(visitor, pair, 'visitor'), join(agent, pair, 'agent')])
        links.push(link(pair, visitor, agent))
      }
      return links
    },
  }
}

function join(socket: FrameSocket, pair: string, role: string): Promise<void> {
  return new Promise((resolve) => {
    socket.onFrame((frame) => {
      if ((frame as { type: string }).type === 'joined') resolve()
    })
    socket.send({ type: 'join', pair, role })
  })
}

function link(pair: string, visitor: FrameSocket, agent: FrameSocket): Link {
  const exchanges = createExchanges()
  for (const socket of [visitor, agent]) socket.onFrame((frame) => exchanges.half((frame as { id: string }).id))
  let count = 0
  return {
    exchange(done) {
      const id = `${pair}-${count++}`
      exchanges.begin(id, done)
      visitor.send({ type: 'send', pair, id, text: TEXT })
    },
    close() {
      visitor.close()
      agent.close()
    },
  }
}
