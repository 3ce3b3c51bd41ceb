import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type ProvidedRedis, provideRedis } from '../../../scripts/test-environment/provide-redis.js'
import type { Logger } from '../platform/logger.js'
import type { Hint } from './hint.js'
import type { HintBus } from './hint-bus.js'
import { createRedisHintBus } from './redis-hint-bus.js'

let redis: ProvidedRedis
beforeAll(async () => {
  redis = await provideRedis()
}, 300_000)
afterAll(() => redis.stop())
const buses = new Set<HintBus>()
afterEach(async () => {
  for (const bus of buses) await bus.close()
  buses.clear()
})

const changed = (): Hint => ({
  type: 'conversation.changed',
  organizationId: randomUUID(),
  conversationId: randomUUID(),
})

/** A node's end of the way, with what it heard and logged. */
const open = ({ url = redis.url, secret }: { url?: string; secret?: string } = {}) => {
  const lines: string[] = []
  const write = (fields: object, message?: string) => void lines.push(`${message} ${JSON.stringify(fields)}`)
  const logger: Logger = { debug: write, info: write, warn: write, error: write }
  const bus = createRedisHintBus({ url, secret, logger })
  buses.add(bus)
  const heard: Hint[] = []
  bus.subscribe((hint) => heard.push(hint))
  return { bus, heard, lines }
}
const connected = (...nodes: { bus: HintBus }[]) =>
  expect.poll(() => nodes.map(({ bus }) => bus.state)).toEqual(nodes.map(() => 'connected'))

/** A command of somebody else on this Redis. */
const command = (...args: string[]) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(redis.url).port), '127.0.0.1')
    socket.once('error', reject)
    socket.once('data', (data) => {
      socket.destroy()
      resolve(String(data))
    })
    socket.write(`*${args.length}\r\n${args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`).join('')}`)
  })

/** Everything that goes over a channel, as somebody else on this Redis reads it. */
const listen = async (channel: string) => {
  const read: string[] = []
  const socket = connect(Number(new URL(redis.url).port), '127.0.0.1')
  socket.on('data', (data) => read.push(String(data)))
  socket.write(`SUBSCRIBE ${channel}\r\n`)
  await expect.poll(() => read.join('')).toContain('subscribe')
  return { text: () => read.join(''), close: () => socket.destroy() }
}

it('takes hints to the other nodes, many together, each conversation once', async () => {
  const [one, two, three] = [open(), open(), open()]
  await connected(one, two, three)
  const [first, repeated, last] = [changed(), changed(), changed()]
  one.bus.publish(first)
  for (let times = 0; times < 500; times += 1) one.bus.publish(repeated)
  for (let count = 0; count < 250; count += 1) one.bus.publish(changed())
  one.bus.publish(last)
  for (const { heard } of [two, three]) {
    await expect.poll(() => heard.length).toBe(253)
    expect(heard[0]).toEqual(first)
    expect(heard[1]).toEqual(repeated)
    expect(heard.at(-1)).toEqual(last)
  }
  expect(one.heard).toEqual([])
})

it('threat 29: takes the hints of two organizations, also where their ids are equal', async () => {
  const [one, two] = [open(), open()]
  await connected(one, two)
  const conversationId = randomUUID()
  const sent = [changed(), { ...changed(), conversationId }, { ...changed(), conversationId }] as Hint[]
  for (const hint of sent) one.bus.publish(hint)
  await expect.poll(() => two.heard).toEqual(sent)
})

it('says once that Redis is away, holds nobody up, and is back with it', async () => {
  const [one, two] = [open(), open()]
  await connected(one, two)
  await redis.kill()
  await expect.poll(() => one.lines.join('\n')).toContain('Redis is away')
  expect(one.bus.state).toBe('disconnected')
  for (let count = 0; count < 1_000; count += 1) one.bus.publish(changed())
  await redis.restart()
  await connected(one, two)
  const after = changed()
  one.bus.publish(after)
  await expect.poll(() => two.heard).toEqual([after])
  expect(one.lines.filter((line) => line.startsWith('Redis is away'))).toHaveLength(1)
  expect(one.lines.at(-1)).toContain('Redis is back')
})

it('closes while Redis is away', async () => {
  const one = open({ url: 'redis://127.0.0.1:1' })
  await expect.poll(() => one.lines.join('\n')).toContain('Redis is away')
  one.bus.publish(changed())
  await one.bus.close()
})

it('threat 44: drops what does not fit or is not signed, and says so without filling the log', async () => {
  const [plain, signed, signer] = [open(), open({ secret: 'sixteen letters!' }), open({ secret: 'sixteen letters!' })]
  await connected(plain, signed, signer)
  const hint = changed()
  for (let times = 0; times < 25; times += 1) await command('PUBLISH', 'chatdesk:hints', 'no hint')
  await command('PUBLISH', 'chatdesk:hints', JSON.stringify({ node: 'forger', hints: [hint] }))
  await expect.poll(() => plain.heard).toEqual([hint])
  signer.bus.publish(hint)
  await expect.poll(() => signed.heard).toEqual([hint])
  const counts = (lines: string[]) => lines.map((line) => line.replace(/^.*"count":(\d+).*$/, '$1'))
  await expect.poll(() => counts(plain.lines)).toEqual(['1', '10'])
  expect(counts(signed.lines)).toEqual(['1', '10'])
})

it('threat 44: words of a draft are on the channel only where they are signed', async () => {
  const [plain, signed, channel] = [open(), open({ secret: 'sixteen letters!' }), await listen('chatdesk:hints')]
  await connected(plain, signed)
  const writes = (name: string): Hint => ({
    ...{ type: 'typing.changed', organizationId: randomUUID(), conversationId: randomUUID(), active: true },
    author: { kind: 'assistant', id: randomUUID(), name },
    draft: { afterSeq: 1, text: `Words of ${name}.` },
  })
  plain.bus.publish(writes('plain'))
  signed.bus.publish(writes('signed'))
  await expect.poll(channel.text).toContain('Words of signed.')
  await expect.poll(channel.text).toContain('"name":"plain"')
  expect(channel.text()).not.toContain('Words of plain.')
  channel.close()
})

it('threat 40: a password is in no line, also when Redis refuses it', async () => {
  await command('CONFIG', 'SET', 'requirepass', 'right')
  try {
    const one = open({ url: redis.url.replace('redis://', 'redis://:very-secret@') })
    await expect.poll(() => one.lines.join('\n')).toContain('Redis is away')
    expect(one.lines.join('\n')).not.toContain('very-secret')
  } finally {
    await redis.restart()
  }
})
