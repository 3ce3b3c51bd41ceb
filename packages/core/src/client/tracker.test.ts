import { ChatError, type TrackedEvent } from '@chatdesk/protocol'
import { atom } from 'nanostores'
import { expect, it } from 'vitest'
import type { ConnectionState } from '../connection-state.js'
import { createTestClient, settle } from '../testing/index.js'
import { createTracker } from './tracker.js'

function setUp() {
  const $connection = atom<ConnectionState>({ status: 'idle' })
  const sent: TrackedEvent[][] = []
  const failures: unknown[] = []
  let consent = true
  const { client } = createTestClient({
    async fetch(_input, init) {
      const failure = failures.shift()
      if (failure) throw failure
      sent.push(JSON.parse(String(init?.body)).events)
      return new Response()
    },
  })
  client.port.session.token = 'token-1'
  const tracker = createTracker({
    client: { port: client.port, $connection },
    mayTrack: () => consent,
  })
  const online = () => $connection.set({ status: 'online', transport: 'test' })
  return { tracker, sent, failures, $connection, online, allow: (may: boolean) => (consent = may) }
}

it('[K1] tells what was done before there was a session, in order, and each page once', async () => {
  const { tracker, sent, online } = setUp()
  tracker.page({ url: 'https://acme.test/', title: 'Home' })
  tracker.page({ url: 'https://acme.test/', title: 'Home' })
  tracker.track('looked', { price: 3 })
  expect(sent).toEqual([])
  online()
  await settle()
  expect(sent).toEqual([
    [{ page: { url: 'https://acme.test/', title: 'Home' } }, { name: 'looked', properties: { price: 3 } }],
  ])
})

it('[K1] tells nothing without consent, nor what was done before it', async () => {
  const { tracker, sent, online, allow } = setUp()
  online()
  allow(false)
  tracker.track('secret')
  allow(true)
  tracker.track('open')
  await settle()
  expect(sent).toEqual([[{ name: 'open' }]])
})

it('keeps what the network has lost, and drops what the server will not have', async () => {
  const { tracker, sent, failures, online, $connection } = setUp()
  online()
  failures.push(new TypeError('Failed to fetch'), new ChatError('OFFLINE'))
  tracker.track('one')
  await settle()
  $connection.set({ status: 'idle' })
  online()
  await settle()
  tracker.track('two')
  await settle()
  expect(sent.flat()).toEqual([{ name: 'one' }, { name: 'two' }])
  failures.push(new ChatError('RATE_LIMITED'))
  tracker.track('three')
  await settle()
  tracker.track('four')
  await settle()
  expect(sent.flat()).toEqual([{ name: 'one' }, { name: 'two' }, { name: 'four' }])
})
