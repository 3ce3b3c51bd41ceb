import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { provideRedis } from './provide-redis.js'

it('starts a throw-away server on loopback, kills it, starts it again and takes it away', async () => {
  const redis = await provideRedis()
  const { hostname, port } = new URL(redis.url)
  expect(hostname).toBe('127.0.0.1')
  const ping = async () => {
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    socket.write('PING\r\n')
    const [answer] = await once(socket, 'data')
    socket.destroy()
    return String(answer)
  }
  expect(await ping()).toBe('+PONG\r\n')
  await redis.kill()
  await expect(ping()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await redis.restart()
  expect(await ping()).toBe('+PONG\r\n')
  await redis.stop()
  await redis.stop()
  await expect(ping()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
}, 300_000)
