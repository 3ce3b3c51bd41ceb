import { expect, it } from 'vitest'
import { sign, signCheckout, signLinkCallback } from '../core.js'

/** Published values of the official test suites and documents. */
const KEY = 'EnLs21M47BllR3X8PSFtjtbd'

it('a checkout signs order and payment, in this order', () => {
  expect(signCheckout({ orderId: 'order_IEIaMR65cu6nz3', paymentId: 'pay_IH4NVgf4Dreq1l' }, KEY)).toBe(
    '0d4e745a1838664ad6c9c9902212a32d627d68e917290b0ad5f08ff4561bc50f',
  )
})

it('a link signs link, reference, status and payment', () => {
  const callback = {
    linkId: 'plink_IH3cNucfVEgV68',
    referenceId: 'TSsd1989',
    status: 'paid',
    paymentId: 'pay_IH3d0ara9bSsjQ',
  }
  expect(signLinkCallback(callback, KEY)).toBe('07ae18789e35093e51d0a491eb9922646f3f82773547e5b0f67ee3f2d3bf7d5b')
})

it('a subscription would sign payment and subscription', () => {
  expect(sign('pay_IDZNwZZFtnjyym|sub_ID6MOhgkcoHj9I', KEY)).toBe(
    '601f383334975c714c91a7d97dd723eb56520318355863dcf3821c0d07a17693',
  )
})

it('a webhook signs the bytes of its body', () => {
  const body = '{"a":1,"b":2,"c":{"d":3}}'
  const signature = '2fe04e22977002e6c7cb553adab8b460cb9e2a4970d5953cb27a8472752e3bbc'
  expect(sign(body, '123456')).toBe(signature)
  expect(sign(Buffer.from(body), '123456')).toBe(signature)
  expect(sign('{"a": 1,"b":2,"c":{"d":3}}', '123456')).not.toBe(signature)
})
