import { afterEach, describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../answer-limits.js'
import type { AnswerProvider, AnswerRequest, ProviderEvent } from '../answer-provider.js'

/** What the contract suite asks of a provider's world. Each answer to come is announced before it is asked for. */
export interface ProviderWorld {
  provider: AnswerProvider
  /** The next answer consists of these pieces. */
  willSay(...pieces: string[]): void
  /** The next answer says this and then nothing more. */
  willHangAfter(piece: string): void
  /** The next answer fails in a way that another attempt does not mend. */
  willFail(): void
  /** Resolves when so many answers in all were stopped where they are made. */
  stopped(count: number): Promise<void>
  close(): Promise<void>
}

/** A request that any provider can answer. */
export function aRequest(over: Partial<AnswerRequest> = {}): AnswerRequest {
  return {
    turn: 'What does GST registration cost?',
    passages: [
      {
        docId: 'gst',
        chunkId: 'gst/0',
        title: 'GST',
        url: 'https://example.test/gst',
        text: 'GST registration costs Rs. 1,499.',
      },
    ],
    history: [],
    persona: { name: 'Desk', organization: 'Example', tone: 'friendly' },
    limits: DEFAULT_LIMITS,
    ...over,
  }
}

/** All events of an answer. */
export async function eventsOf(
  provider: AnswerProvider,
  request: AnswerRequest = aRequest(),
  signal: AbortSignal = new AbortController().signal,
): Promise<ProviderEvent[]> {
  const events: ProviderEvent[] = []
  for await (const event of provider.answer(request, signal)) events.push(event)
  return events
}

/** The words among events. */
export function textOf(events: readonly ProviderEvent[]): string {
  return events.map((event) => (event.type === 'delta' ? event.text : '')).join('')
}

/** What whoever uses an `AnswerProvider` relies on. Every implementation runs it. */
export function testAnswerProvider(name: string, start: () => Promise<ProviderWorld>): void {
  describe(`an answer provider: ${name}`, () => {
    let world: ProviderWorld | undefined
    const begin = async () => {
      world = await start()
      return world
    }
    afterEach(async () => {
      await world?.close()
      world = undefined
    })

    it('says pieces in their order, then what was used once, then that it is done', async () => {
      const { provider, willSay } = await begin()
      willSay('It costs ', 'Rs. 1,499 ', '[1].')
      const events = await eventsOf(provider)
      expect(textOf(events)).toBe('It costs Rs. 1,499 [1].')
      expect(events.slice(-2).map(({ type }) => type)).toEqual(['usage', 'done'])
      expect(events.slice(0, -2).every(({ type }) => type === 'delta')).toBe(true)
      expect(events.at(-1)).toEqual({ type: 'done', finish: 'stop' })
      const used = events.find((event) => event.type === 'usage')
      expect(used?.promptTokens).toBeGreaterThan(0)
      expect(used?.completionTokens).toBeGreaterThan(0)
    })

    it('ends with one error where it fails, and throws nothing', async () => {
      const { provider, willFail } = await begin()
      willFail()
      const events = await eventsOf(provider)
      expect(events.filter(({ type }) => type === 'error' || type === 'done')).toHaveLength(1)
      expect(events.at(-1)).toMatchObject({ type: 'error' })
    })

    it('asks nobody where it was stopped before it began', async () => {
      const { provider, willSay } = await begin()
      willSay('Hello.')
      const events = await eventsOf(provider, aRequest(), AbortSignal.abort())
      expect(events).toEqual([{ type: 'error', code: 'aborted', retryable: false }])
    })

    it('stops where it is made when its signal says so', async () => {
      const { provider, willHangAfter, stopped } = await begin()
      willHangAfter('Half a sentence')
      const controller = new AbortController()
      const events: ProviderEvent[] = []
      for await (const event of provider.answer(aRequest(), controller.signal)) {
        events.push(event)
        if (event.type === 'delta') controller.abort()
      }
      expect(textOf(events)).toBe('Half a sentence')
      expect(events.at(-1)).toEqual({ type: 'error', code: 'aborted', retryable: false })
      await stopped(1)
    })

    it('stops where it is made when whoever reads leaves', async () => {
      const { provider, willHangAfter, stopped } = await begin()
      willHangAfter('Half a sentence')
      for await (const event of provider.answer(aRequest(), new AbortController().signal))
        if (event.type === 'delta') break
      await stopped(1)
    })

    it('answers two at a time, each by itself', async () => {
      const { provider, willHangAfter, willSay } = await begin()
      willHangAfter('first')
      const controller = new AbortController()
      const first = provider.answer(aRequest(), controller.signal)[Symbol.asyncIterator]()
      expect(await first.next()).toEqual({ done: false, value: { type: 'delta', text: 'first' } })
      willSay('second')
      expect(textOf(await eventsOf(provider))).toBe('second')
      controller.abort()
      const rest: ProviderEvent[] = []
      for (let next = await first.next(); !next.done; next = await first.next()) rest.push(next.value)
      expect(rest.at(-1)).toMatchObject({ type: 'error', code: 'aborted' })
    })

    it('says what may be expected of it', async () => {
      const { provider } = await begin()
      expect(provider.capabilities()).toMatchObject({ state: 'ready' })
    })
  })
}
