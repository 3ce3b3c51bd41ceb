import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { createWebhookSecret, signWebhook } from './sign-webhook.js'

describe('[Z3] signing, as Standard Webhooks reads it', () => {
  const message = { id: '01900000-0000-7000-8000-000000000001', body: '{"type":"ping","text":"₹ 100"}', at: new Date() }

  it('is verified with the secret, and with either of two', () => {
    const [own, previous] = [createWebhookSecret(), createWebhookSecret()]
    const headers = signWebhook(message, [own, previous])
    for (const secret of [own, previous])
      expect(new Webhook(secret).verify(message.body, headers)).toEqual(JSON.parse(message.body))
    expect(() => new Webhook(createWebhookSecret()).verify(message.body, headers)).toThrow()
  })

  it('holds for this body, this id and this moment', () => {
    const secret = createWebhookSecret()
    const headers = signWebhook(message, [secret])
    const verify = (body: string, changed: Record<string, string>) =>
      new Webhook(secret).verify(body, { ...headers, ...changed })
    expect(() => verify(message.body.replace('1', '2'), {})).toThrow()
    expect(() => verify(message.body, { 'webhook-id': 'another' })).toThrow()
    expect(() =>
      verify(message.body, { 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) }),
    ).toThrow()
  })

  it('is the example of the specification', () => {
    const at = new Date(1_614_265_330_000)
    const body = '{"test": 2432232314}'
    const headers = signWebhook({ id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body, at }, [
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    ])
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })
})
