import { describe, expect, it } from 'vitest'
import { pollingTransport } from './polling.js'
import { connectOptions } from './testing/connect-options.js'
import { nodeFetch } from './testing/node-fetch.js'
import { createNodeTestPeer } from './testing/node-test-peer.js'
import { ACCEPTED_TOKEN, createScriptedServer } from './testing/scripted-server.js'
import { testTransport } from './testing/test-transport.js'

testTransport('polling', {
  createPeer: () => createNodeTestPeer(),
  createTransport: pollingTransport({ fetch: nodeFetch() }),
})

describe('pollingTransport', () => {
  it('threat 8: the token is in no address and in no header', async () => {
    const peer = await createNodeTestPeer()
    const transport = pollingTransport({ fetch: nodeFetch() })()
    await transport.connect(connectOptions({ url: peer.url, getStart: peer.makeStart }))
    await transport.send(peer.makeMessage('hello'))
    await expect.poll(peer.received).toEqual(['hello'])
    expect(peer.requests().length).toBeGreaterThan(1)
    expect(peer.requests().join()).not.toContain(ACCEPTED_TOKEN)
    await transport.close()
    await peer.close()
  })

  it.each(['', '<!doctype html>', '{"ok":true}'])(
    '[T2] asks once where something else than the server answers: %s',
    async (body) => {
      let requests = 0
      const fetch = async () => {
        if (++requests > 99) throw new Error('asks without end')
        return new Response(body)
      }
      const { peer } = createScriptedServer()
      const transport = pollingTransport({ fetch })()
      const attempt = transport.connect(connectOptions({ url: 'https://chat.example', getStart: peer.makeStart }))
      await expect(attempt).rejects.toMatchObject({ code: 'UNAVAILABLE' })
      expect(requests).toBe(1)
    },
  )

  it.each([
    ['7', 7_000],
    ['Sat, 21 Nov 2026 12:00:00 GMT', undefined],
    [undefined, undefined],
  ])('[T2] comes back when the server says so: Retry-After %s', async (retryAfter, retryAfterMs) => {
    const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': retryAfter }
    const fetch = async () => new Response('', { status: 429, headers })
    const { peer } = createScriptedServer()
    const transport = pollingTransport({ fetch })()
    const attempt = transport.connect(connectOptions({ url: 'https://chat.example', getStart: peer.makeStart }))
    await expect(attempt).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterMs })
  })
})
