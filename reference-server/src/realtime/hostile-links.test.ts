import { randomUUID } from 'node:crypto'
import { WEBSOCKET_SUBPROTOCOL } from '@chatdesk/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { maskedPing, upgrade } from './testing/raw-upgrade.js'
import { type ServedRealtime, serveRealtime } from './testing/serve-realtime.js'

let served: ServedRealtime
afterEach(() => served.close())

const unbounded = { perSecond: 1e9, burst: 1e9 }

describe('a link that is used as no client of ours uses it', () => {
  it('threat 45: one socket.io link is one connection, however often it asks to be connected', async () => {
    served = await serveRealtime()
    const address = `${served.url}/socket.io/?EIO=4&transport=polling`
    const { sid } = JSON.parse((await (await fetch(address)).text()).slice(1))
    const connects = Array.from({ length: 1000 }, (_, count) => (count % 2 === 0 ? '40' : `40/${randomUUID()},`))
    await fetch(`${address}&sid=${sid}`, { method: 'POST', body: connects.join('\u001e') }).catch(() => {})
    const answers = await (await fetch(`${address}&sid=${sid}`)).text()
    expect(answers.split('\u001e').length).toBeLessThan(3)
    await expect.poll(() => served.realtime.connections).toBe(0)
  })

  it('threat 47: answers to pings that nobody reads are kept up to the bound', async () => {
    served = await serveRealtime({ limits: { bufferedBytes: 64 * 1024 } })
    const { socket } = await upgrade(served.http, '/ws', { 'Sec-WebSocket-Protocol': WEBSOCKET_SUBPROTOCOL })
    socket.pause()
    const closed = new Promise((resolve) => socket.once('close', resolve).on('error', resolve))
    const pings = Buffer.concat(Array.from({ length: 1000 }, () => maskedPing('x'.repeat(125))))
    let sent = 0
    // What the two kernels hold between them is some megabytes; a server that keeps the rest takes it all.
    while (!socket.destroyed && sent < 40 * 2 ** 20) {
      sent += pings.length
      if (!socket.write(pings)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed])
    }
    await closed
    await expect.poll(() => served.realtime.connections).toBe(0)
    socket.destroy()
  })

  it('threat 47: what one request over plain HTTP asks for at once is kept up to the bound', async () => {
    served = await serveRealtime({ limits: { bufferedBytes: 64 * 1024, messages: unbounded } })
    const { token, actor } = served.backend.addVisitor()
    const conversationId = await served.backend.addConversation(actor)
    const parts = [{ type: 'text' as const, text: 'x'.repeat(5000) }]
    for (let count = 0; count < 10; count += 1)
      await served.backend.appendMessage(actor, { conversationId, clientMessageId: randomUUID(), parts })
    const start = { type: 'session.start', commandId: randomUUID(), protocolVersion: 1, token, cursors: [] }
    const loads = Array.from({ length: 50 }, () => ({
      type: 'history.load',
      commandId: randomUUID(),
      conversationId,
      limit: 10,
    }))
    const body = (commands: readonly object[]) => [start, ...commands].map((frame) => JSON.stringify(frame)).join('\n')
    const request = (commands: readonly object[]) =>
      fetch(`${served.url}/poll`, { method: 'POST', body: body(commands) }).then((answer) => answer.text())
    expect((await request(loads.slice(0, 1))).length).toBeGreaterThan(50_000)
    await expect(request(loads)).rejects.toThrow()
    expect(served.logged()).toContain('too slow')
  })
})
