import { describe, expect, it } from 'vitest'
import { packets, says, status, words } from '../testing/model-scripts.js'
import { startModelStub } from '../testing/model-stub.js'
import { createOpenAiProvider } from './openai-provider.js'
import { withRedaction } from './redacting-provider.js'
import { createScriptedProvider } from './testing/scripted-provider.js'
import { aRequest, eventsOf, type ProviderWorld, testAnswerProvider, textOf } from './testing/test-answer-provider.js'
import { createWatchedClock } from './testing/watched-clock.js'

async function openAiWorld(): Promise<ProviderWorld> {
  const stub = await startModelStub()
  const provider = createOpenAiProvider({
    ...{ baseUrl: stub.baseUrl, apiKey: 'sk-test', model: 'm', fetch, clock: createWatchedClock() },
  })
  return {
    provider,
    willSay: (...pieces) => stub.queue(says(...pieces)),
    willHangAfter: (piece) => stub.queue(packets(words(piece), 'hang')),
    willFail: () => stub.queue(status(401, { error: { message: 'no' } })),
    stopped: stub.left,
    close: stub.close,
  }
}

async function scriptedWorld(): Promise<ProviderWorld> {
  const provider = createScriptedProvider()
  return {
    provider,
    willSay: (...pieces) => provider.queue([...pieces.map((say) => ({ say })), { done: 'stop' }]),
    willHangAfter: (say) => provider.queue([{ say }, 'hang']),
    willFail: () => provider.queue([{ fail: 'unauthorised', retryable: false }]),
    stopped: (count) => expect.poll(() => provider.stopped).toBe(count),
    close: async () => {},
  }
}

testAnswerProvider('scripted', scriptedWorld)
testAnswerProvider('openai-compatible', openAiWorld)
testAnswerProvider('openai-compatible, with redaction', async () => {
  const world = await openAiWorld()
  return { ...world, provider: withRedaction(world.provider) }
})

describe('redaction around a provider', () => {
  it('threat 73: nothing personal goes out, and what comes back is whole', async () => {
    const stub = await startModelStub()
    stub.queue((request) => {
      const placeholder = /\[EMAIL_\d\]/.exec(request.raw)?.[0] ?? ''
      // Cut in two at each place by one delta or another.
      return says('We have ', ...[...placeholder], ' and [PHONE', '_1] on file.')
    })
    const provider = withRedaction(
      createOpenAiProvider({
        ...{ baseUrl: stub.baseUrl, apiKey: 'sk-test', model: 'm', fetch, clock: createWatchedClock() },
      }),
    )
    const request = aRequest({
      turn: 'I am asha.rao@example.in, 98765 43210. My card is 4111 1111 1111 1111.',
      history: [
        { from: 'visitor', text: 'Aadhaar 2341 2341 2346, UPI asha.rao@okicici' },
        { from: 'agent', text: 'The OTP is 482913, and PAN ABCPE1234F' },
      ],
    })
    const events = await eventsOf(provider, request)
    const [outbound] = stub.requests
    for (const secret of ['asha', '98765', '43210', '4111', '2341', 'okicici', '482913', 'ABCPE1234F'])
      expect(outbound?.raw).not.toContain(secret)
    expect(textOf(events)).toBe('We have asha.rao@example.in and 98765 43210 on file.')
    await stub.close()
  })
})
