import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { apiSecret, webhookSecret } from '../secrets.js'
import { isCheckoutSigned, isLinkSigned, isWebhookSigned } from './signatures.js'
import source from './signatures.ts?raw'

/** Published test values of the official package's documentation. */
const KEY = apiSecret('EnLs21M47BllR3X8PSFtjtbd')
const ORDER = {
  ...{ orderId: 'order_IEIaMR65cu6nz3', paymentId: 'pay_IH4NVgf4Dreq1l' },
  signature: '0d4e745a1838664ad6c9c9902212a32d627d68e917290b0ad5f08ff4561bc50f',
}
const LINK = {
  ...{ linkId: 'plink_IH3cNucfVEgV68', referenceId: 'TSsd1989', status: 'paid', paymentId: 'pay_IH3d0ara9bSsjQ' },
  signature: '07ae18789e35093e51d0a491eb9922646f3f82773547e5b0f67ee3f2d3bf7d5b',
}
const HOOK = webhookSecret('123456')
const BODY = Buffer.from('{"a":1,"b":2,"c":{"d":3}}')
const BODY_SIGNATURE = '2fe04e22977002e6c7cb553adab8b460cb9e2a4970d5953cb27a8472752e3bbc'

describe('signatures of Razorpay', () => {
  it('are those that it has published', () => {
    expect(isCheckoutSigned(ORDER, KEY)).toBe(true)
    expect(isLinkSigned(LINK, KEY)).toBe(true)
    expect(isWebhookSigned(BODY, BODY_SIGNATURE, [HOOK])).toBe(true)
  })

  it('bug 3: name the order before the payment', () => {
    expect(isCheckoutSigned({ ...ORDER, orderId: ORDER.paymentId, paymentId: ORDER.orderId }, KEY)).toBe(false)
  })

  it('bug 2: of a key and of a webhook are different things', () => {
    expect(isWebhookSigned(BODY, BODY_SIGNATURE, [webhookSecret(KEY)])).toBe(false)
    // @ts-expect-error the secret of a webhook signs no checkout
    expect(isCheckoutSigned(ORDER, HOOK)).toBe(false)
  })

  it('bug 5: no secret is empty', () => {
    expect(() => apiSecret('')).toThrow('A key has a secret')
    expect(() => webhookSecret(' ')).toThrow('A webhook has a secret')
  })

  it('bug 4: are refused, and nothing throws, whatever is sent for one', () => {
    const malformed = [
      '',
      ' ',
      'é',
      BODY_SIGNATURE.slice(1),
      `${BODY_SIGNATURE}0`,
      BODY_SIGNATURE.toUpperCase(),
      `${BODY_SIGNATURE}, ${BODY_SIGNATURE}`,
    ]
    for (const signature of malformed) expect(isWebhookSigned(BODY, signature, [HOOK])).toBe(false)
  })

  it('bug 4: are compared by one comparison, which takes as long for any two', () => {
    // No clock is fine enough to say it of a process that does other things beside.
    expect(source.match(/timingSafeEqual\(/g)).toHaveLength(1)
    expect(source).not.toMatch(/[!=]==|\.equals\(|localeCompare|startsWith/)
  })

  it('threat 77: are of every bit of a body and of the signature itself', () => {
    for (let bit = 0; bit < BODY.length * 8; bit++) {
      const flipped = Buffer.from(BODY)
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(isWebhookSigned(flipped, BODY_SIGNATURE, [HOOK])).toBe(false)
    }
    for (let index = 0; index < BODY_SIGNATURE.length; index++) {
      const other = BODY_SIGNATURE[index] === '0' ? '1' : '0'
      const changed = BODY_SIGNATURE.slice(0, index) + other + BODY_SIGNATURE.slice(index + 1)
      expect(isWebhookSigned(BODY, changed, [HOOK])).toBe(false)
    }
  })

  it('bug 1: are of the bytes, not of what was parsed and written again', () => {
    const sent = Buffer.from('{"url":"https:\\/\\/pay.test","name":"\\u20b9"}')
    const signature = createHmac('sha256', HOOK).update(sent).digest('hex')
    expect(isWebhookSigned(sent, signature, [HOOK])).toBe(true)
    expect(isWebhookSigned(Buffer.from(JSON.stringify(JSON.parse(sent.toString()))), signature, [HOOK])).toBe(false)
  })

  it('may be of any secret that is still taken', () => {
    expect(isWebhookSigned(BODY, BODY_SIGNATURE, [webhookSecret('new'), HOOK])).toBe(true)
    expect(isWebhookSigned(BODY, BODY_SIGNATURE, [])).toBe(false)
  })
})
