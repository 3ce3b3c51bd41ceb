import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { freePort } from '../../test-environment/free-port.js'
import { startBalancer } from './balancer.js'

const listen = async (name: string) => {
  const server = createServer((socket) => socket.end(name)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as { port: number }).port }
}

it('gives connections to the nodes in turn, and passes over one that is dead', async () => {
  const [one, two] = [await listen('one'), await listen('two')]
  const dead = await freePort()
  const balancer = await startBalancer([one.port, dead, two.port])
  const ask = async () => {
    const socket = connect(balancer.port, '127.0.0.1')
    const [answer] = await once(socket, 'data')
    await once(socket, 'close')
    return String(answer)
  }
  expect([await ask(), await ask(), await ask(), await ask()]).toEqual(['one', 'two', 'one', 'two'])
  expect([...balancer.given()]).toEqual([
    [one.port, 2],
    [dead, 0],
    [two.port, 2],
  ])
  one.server.close()
  two.server.close()
  const refused = connect(balancer.port, '127.0.0.1')
  await once(refused, 'close')
  await balancer.close()
})
