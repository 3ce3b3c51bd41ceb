import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js'
import { createPaymentScene, type PaymentScene } from '../testing/payment-scene.js'
import { signStub, stubEvent } from '../testing/stub-reader.js'
import { paymentHookRoutes } from './webhook-routes.js'

let test: TestDatabase
let scene: PaymentScene
let server: Server
let begun = 0

beforeAll(async () => {
  test = await createTestDatabase('PGlite')
  scene = await createPaymentScene(test.database)
  const routes = paymentHookRoutes({
    ...scene.context,
    perEndpoint: { consume: async () => {}, forget: async () => {} },
    // A provider that gives no answer, for ever.
    work: () => {
      begun += 1
      return new Promise(() => {})
    },
  })
  server = createServer(express().use(routes)).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(async () => {
  server.close()
  await test.drop()
})

it('bug 24: answers before anything is made of a webhook, however long that takes', async () => {
  const raw = stubEvent({ orderIds: ['order_1'] })
  const answer = await fetch(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/razorpay/${scene.endpointId}`,
    {
      ...{ method: 'POST', body: new Uint8Array(raw), signal: AbortSignal.timeout(5_000) },
      headers: { 'x-razorpay-signature': signStub(raw, scene.webhookSecret), 'x-razorpay-event-id': 'evt_1' },
    },
  )
  expect(answer.status).toBe(200)
  expect(begun).toBe(1)
  const kept = await test.database.system.selectFrom('payment_webhooks').select(['event_id', 'outcome']).execute()
  expect(kept).toEqual([{ event_id: 'evt_1', outcome: null }])
})
