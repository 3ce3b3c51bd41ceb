import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../../testing/test-database.js'
import { applyFacts } from '../intents/apply-facts.js'
import { issueIntent } from '../intents/issue-intent.js'
import { lookAtIntent } from '../intents/look-at-intent.js'
import { createPaymentScene, type PaymentScene } from '../testing/payment-scene.js'
import { receiptRoutes } from './receipt-routes.js'
import { RECEIPT_LANGUAGES, receiptWords } from './receipt-words.js'

describe.each(TEST_DATABASES)('receipts on %s', (kind) => {
  let test: TestDatabase
  let scene: PaymentScene
  let server: Server
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(async () => {
    server.close()
    await test.drop()
  })
  beforeEach(async () => {
    server?.close()
    scene = await createPaymentScene(test.database)
    server = createServer(express().use('/api/payments', receiptRoutes(scene.context))).listen(0, '127.0.0.1')
    await once(server, 'listening')
  })

  const which = (intentId: string) => ({ organizationId: scene.organizationId, intentId })
  const issued = async (intent?: Parameters<PaymentScene['addIntent']>[0]) => {
    const id = await scene.addIntent(intent)
    await issueIntent(scene.context, which(id))
    return id
  }
  const paid = async (intent?: Parameters<PaymentScene['addIntent']>[0]) => {
    const id = await issued(intent)
    scene.provider.pay(scene.provider.orders.at(-1)?.id as string)
    await lookAtIntent(scene.context, which(id))
    return id
  }
  const get = (path: string, language = 'en') =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/payments${path}`, {
      headers: { 'accept-language': language },
    })
  const read = async (id: string, language?: string) => {
    const answer = await get(`/receipts/${(await scene.intent(id)).receipt_token}`, language)
    return { answer, html: await answer.text() }
  }

  it('[M5] P1: are given once to what is paid, without holes in their numbers, whoever pays at the same time', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => issued()))
    for (const order of [...scene.provider.orders]) scene.provider.pay(order.id)
    const open = await issued()
    await Promise.all([...ids, ...ids, open].map((id) => lookAtIntent(scene.context, which(id))))
    const numbers = await Promise.all(ids.map(async (id) => (await scene.intent(id)).receipt_number))
    expect(numbers.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(await scene.intent(open)).toMatchObject({ receipt_number: null, receipt_token: null })
    expect(await scene.intent(await paid())).toMatchObject({ receipt_number: 9 })
    const stranger = await createPaymentScene(test.database)
    const theirs = await stranger.addIntent()
    await issueIntent(stranger.context, { organizationId: stranger.organizationId, intentId: theirs })
    stranger.provider.pay(stranger.provider.orders[0]?.id as string)
    await lookAtIntent(stranger.context, { organizationId: stranger.organizationId, intentId: theirs })
    expect(await stranger.intent(theirs)).toMatchObject({ receipt_number: 1 })
  })

  it('[M5] say what was paid, to whom, when and by what, and what of it has gone back since', async () => {
    const id = await paid()
    const { answer, html } = await read(id)
    expect(answer.status).toBe(200)
    expect(html).toContain('Receipt number</dt><dd><bdi>1</bdi>')
    expect(html).toContain('₹500.00')
    expect(html).toContain('A chair')
    expect(html).toMatch(/pay_0+1/)
    expect(html).toContain('This is a test: no money has moved.')
    expect(html).not.toContain('Of this refunded')
    const [payment] = scene.provider.payments
    const amount = { minor: 20_000n, currency: 'INR' }
    const refund = {
      type: 'refund',
      refundId: 'rfnd_1',
      paymentId: payment?.id as string,
      amount,
      status: 'processed',
    } as const
    await applyFacts(scene.context, which(id), [refund], 'fetch')
    expect((await read(id)).html).toMatch(/Of this refunded<\/dt><dd><bdi>₹200\.00/)
    expect(await scene.intent(id)).toMatchObject({ receipt_number: 1 })
  })

  it('hold no markup of what others have written, tell nobody their address, and run nothing but their own', async () => {
    const id = await paid()
    await test.database.system
      .updateTable('payment_intents')
      .set({ purpose: '<img src=x onerror=alert(1)>' } as never)
      .where('id', '=', id)
      .execute()
    const { answer, html } = await read(id)
    expect(html).not.toContain('<img')
    const policy = answer.headers.get('content-security-policy') ?? ''
    const own = (element: string) => new RegExp(`<${element}>([^]*?)</${element}>`).exec(html)?.[1] ?? ''
    const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    expect(policy).toContain(`script-src ${hashOf(own('script'))};style-src ${hashOf(own('style'))}`)
    expect(policy).toContain("default-src 'none'")
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(html).toContain('noindex')
  })

  it.each(RECEIPT_LANGUAGES)('can be read in %s, all of it', async (language) => {
    const words = receiptWords(language)
    const { html } = await read(await paid(), language)
    expect(html).toContain(`<html lang="${language}" dir="${words.direction}">`)
    expect(html).toContain(`<h1>${words.title}</h1>`)
    expect(Object.keys(words).sort()).toEqual(Object.keys(receiptWords('en')).sort())
  })

  it('are at no address that was made up', async () => {
    await paid()
    const answer = await get(`/receipts/${'A'.repeat(22)}`)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('There is no receipt at this address.')
  })

  describe('the way back from a link’s page', () => {
    const linkOf = () => scene.provider.links.at(-1)?.id as string
    const back = (intentId: string, more: Record<string, string> = {}) => {
      const query = new URLSearchParams({
        razorpay_payment_id: 'pay_00000000000001',
        razorpay_payment_link_id: linkOf(),
        razorpay_payment_link_reference_id: 'pi_1',
        razorpay_payment_link_status: 'paid',
        razorpay_signature: 'genuine',
        ...more,
      })
      return get(`/organizations/${scene.organizationId}/back/${intentId}?${query}`)
    }

    it('[M5] has the provider asked, and leads to the receipt', async () => {
      const id = await issued({ kind: 'link' })
      scene.provider.pay(scene.provider.orders.at(-1)?.id as string)
      const html = await (await back(id)).text()
      expect(await scene.intent(id)).toMatchObject({ state: 'paid' })
      expect(html).toContain('Your payment has arrived.')
      expect(html).toContain(`href="../../../receipts/${(await scene.intent(id)).receipt_token}"`)
    })

    it('says what is true while the provider knows of no money', async () => {
      const id = await issued({ kind: 'link' })
      const html = await (await back(id)).text()
      expect(html).toContain('Your payment is being checked.')
      expect(html).not.toContain('receipts/')
      expect(await scene.intent(id)).toMatchObject({ state: 'issued' })
    })

    it('looks again by itself, later each time, until it is paid or has looked enough', async () => {
      const id = await issued({ kind: 'link' })
      const refreshOf = (html: string) => /http-equiv="refresh" content="(\d+);url=([^"]*)"/.exec(html)
      const seconds: number[] = []
      for (let next = refreshOf(await (await back(id)).text()); next; ) {
        seconds.push(Number(next[1]))
        const query = `${next[2]}`.replaceAll('&#38;', '&')
        next = refreshOf(await (await get(`/organizations/${scene.organizationId}/back/${id}${query}`)).text())
      }
      expect(seconds).toEqual([3, 5, 10, 30])
      expect(refreshOf(await (await back(id, { looks: '-1' })).text())).toBeNull()
      scene.tenant.now.value = new Date(scene.tenant.now.value.getTime() + 1_000)
      scene.provider.pay(scene.provider.orders.at(-1)?.id as string)
      const html = await (await back(id, { looks: '1' })).text()
      expect(html).toContain('Your payment has arrived.')
      expect(refreshOf(html)).toBeNull()
    })

    it('threat 75: shows and causes nothing for whoever has no signature, or that of another link', async () => {
      const id = await issued({ kind: 'link' })
      const link = linkOf()
      const other = await issued({ kind: 'link' })
      scene.provider.pay(scene.provider.orders[0]?.id as string)
      await lookAtIntent(scene.context, which(id))
      scene.provider.calls.length = 0
      const answers = [
        await back(id, { razorpay_signature: 'forged' }),
        await back(id, { razorpay_payment_link_id: 'plink_stranger' }),
        await back(other, { razorpay_payment_link_id: link }),
        await get(`/organizations/${scene.organizationId}/back/${id}`),
      ]
      for (const answer of answers) {
        expect(answer.status).toBe(200)
        expect(await answer.text()).not.toContain('receipts/')
      }
      expect(scene.provider.calls).toEqual([])
      expect(await scene.intent(other)).toMatchObject({ state: 'issued' })
    })

    it('asks the provider once a second at most, however often it is followed', async () => {
      const id = await issued({ kind: 'link' })
      scene.provider.calls.length = 0
      await back(id)
      const once = scene.provider.calls.length
      await back(id)
      expect(scene.provider.calls).toHaveLength(once)
    })
  })
})
