import { createTestClient, createTestServer, settle } from '@chatdesk/core/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { restOnPageHide } from './rest-on-page-hide.js'

function setUp() {
  let hide = () => {}
  let show = () => {}
  let watching = true
  const rest = restOnPageHide((onHide, onShow) => {
    hide = onHide
    show = onShow
    return () => {
      watching = false
    }
  })
  const server = createTestServer()
  const wakes = new Set<() => void>()
  const { client } = createTestClient({
    server,
    transports: [rest.wrap(server.transport)],
    wakeSignals: {
      onWake(listener) {
        wakes.add(listener)
        return () => wakes.delete(listener)
      },
    },
  })
  onTestFinished(() => client.dispose())
  return {
    client,
    server,
    rest,
    watching: () => watching,
    hide: () => hide(),
    show() {
      show()
      for (const wake of wakes) wake()
    },
  }
}

describe('restOnPageHide', () => {
  it('ends the connection with the page, opens none while it is away, and a new one when it comes back', async () => {
    const { client, server, hide, show } = setUp()
    await client.start()
    expect(server.connections).toBe(1)
    hide()
    await settle()
    expect(server.connections).toBe(0)
    expect(client.$connection.get().status).toBe('waiting')
    show()
    await expect.poll(() => client.$connection.get().status).toBe('online')
    expect(server.connections).toBe(1)
  })

  it('loses nothing that is written in between', async () => {
    const { client, server, hide, show } = setUp()
    await client.start()
    hide()
    const sent = client.sendMessage('Written on the way out')
    await settle()
    expect(server.received.some(({ type }) => type === 'message.send')).toBe(false)
    show()
    await expect(sent).resolves.toMatchObject({ parts: [{ text: 'Written on the way out' }] })
  })

  it('takes its listeners off the page', () => {
    const { rest, watching } = setUp()
    rest.stop()
    expect(watching()).toBe(false)
  })
})
