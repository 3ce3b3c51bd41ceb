import { describe, expect, it } from 'vitest'
import type { Logger } from '../../platform/logger.js'
import type { AnswerProvider, ProviderEvent } from '../provider/answer-provider.js'
import { aRequest } from '../provider/testing/test-answer-provider.js'
import { createAnswerWriter, type WritingTask } from './answer-writer.js'
import type { UsageEnd } from './usage-meter.js'

const SENTENCE = 'It takes 7 days [1]. It is fr'
const delta = (text: string): ProviderEvent => ({ type: 'delta', text })

/** A writer with this provider, and what came of its one reservation. */
function scene(answer: AnswerProvider['answer']) {
  const ends: UsageEnd[] = []
  const lines: string[] = []
  const line = (fields: object, text?: string) => void lines.push(`${text} ${JSON.stringify(fields)}`)
  const logger: Logger = { debug: line, info: line, warn: line, error: line }
  const writer = createAnswerWriter({
    provider: {
      answer,
      capabilities: () => ({ kind: 'scripted', model: 'm', state: 'ready', usage: 'reported' }),
    },
    meter: { reserve: async () => ({ kind: 'reserved', settle: async (end) => void ends.push(end) }) },
    now: () => 0,
    logger,
  })
  const [abandoned, hurry, drafts] = [new AbortController(), new AbortController(), [] as string[]]
  const passages = [{ docId: 'a', chunkId: 'a/0', title: 'Time', url: null, text: 'It takes 7 days. It is free.' }]
  const task: WritingTask = {
    ...{ organizationId: 'o', conversationId: 'c', request: aRequest({ passages }) },
    ...{ abandoned: abandoned.signal, hurry: hurry.signal, onDraft: (text: string) => void drafts.push(text) },
  }
  return { write: () => writer.write(task), ends, lines, abandoned, hurry, drafts }
}

describe('a provider that throws, which it must not', () => {
  it.each<[string, AnswerProvider['answer']]>([
    [
      'when it is asked',
      () => {
        throw new TypeError('sk-secret')
      },
    ],
    [
      'before its first word',
      () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new TypeError('sk-secret')) }) }),
    ],
  ])('[B8] %s leaves the knowledge base’s words, and what was reserved is given back', async (_name, answer) => {
    const { write, ends, lines } = scene(answer)
    expect(await write()).toEqual({ kind: 'nothing', because: 'failed' })
    expect(ends).toMatchObject([{ outcome: 'failed', code: 'server_error', usage: null }])
    expect(lines).toEqual([expect.stringContaining('TypeError')])
    expect(lines.join()).not.toContain('sk-secret')
  })

  it('[B8] in the middle keeps what holds, and what was reserved counts', async () => {
    const { write, ends } = scene(async function* () {
      yield delta(SENTENCE)
      throw new Error('boom')
    })
    expect(await write()).toMatchObject({ kind: 'unfinished', text: 'It takes 7 days.' })
    expect(ends).toMatchObject([
      { outcome: 'unfinished', code: 'server_error', usage: { promptTokens: expect.any(Number), estimated: true } },
    ])
    expect(ends[0]?.usage?.completionTokens).toBe(aRequest().limits.completionTokens)
  })
})

describe('a provider that does not say what it has used', () => {
  const done = (finish: 'stop' | 'refusal'): ProviderEvent => ({ type: 'done', finish })
  it.each<[string, ProviderEvent[], number]>([
    ['weighs what it has said', [delta('It takes 7 days [1].'), done('stop')], 5],
    ['weighs that, though it broke off', [delta(SENTENCE), { type: 'error', code: 'cut', retryable: true }], 8],
    ['weighs what it was asked, where it would not', [done('refusal')], 0],
  ])('[B8] %s', async (_name, events, completionTokens) => {
    const { write, ends } = scene(async function* () {
      yield* events
    })
    await write()
    expect(ends).toMatchObject([{ usage: { promptTokens: expect.any(Number), completionTokens, estimated: true } }])
    expect(ends[0]?.usage?.promptTokens).toBeGreaterThan(100)
  })

  it('[B8] weighs nothing, where nothing has come', async () => {
    const { write, ends } = scene(async function* () {
      yield { type: 'error', code: 'unreachable', retryable: true }
    })
    await write()
    expect(ends).toMatchObject([{ code: 'unreachable', usage: null }])
  })
})

describe('a provider that does not heed its signal', () => {
  const never = () => new Promise<never>(() => {})
  it.each([
    ['hurry', 'nothing'],
    ['abandoned', 'abandoned'],
  ] as const)('holds nobody up: %s', async (which, kind) => {
    const scenery = scene(() => ({ [Symbol.asyncIterator]: () => ({ next: never }) }))
    const written = scenery.write()
    scenery[which].abort()
    expect(await written).toMatchObject({ kind })
    expect(scenery.ends).toMatchObject([{ code: 'aborted', usage: { estimated: true } }])
  })

  it('keeps what holds of what has come', async () => {
    const scenery: ReturnType<typeof scene> = scene(async function* () {
      yield delta(SENTENCE)
      scenery.hurry.abort()
      await never()
    })
    expect(await scenery.write()).toMatchObject({ kind: 'unfinished', text: 'It takes 7 days.' })
    expect(scenery.drafts).toEqual(['It takes 7 days.'])
  })

  it('is left even while it goes on talking', async () => {
    let isLeft = false
    const scenery: ReturnType<typeof scene> = scene(async function* () {
      try {
        for (;;) {
          yield delta('and ')
          await new Promise((resolve) => setImmediate(resolve))
        }
      } finally {
        isLeft = true
      }
    })
    const written = scenery.write()
    scenery.hurry.abort()
    expect(await written).toEqual({ kind: 'nothing', because: 'failed' })
    await expect.poll(() => isLeft).toBe(true)
  })
})

it('one that heeds its signal still says what it has used', async () => {
  const scenery: ReturnType<typeof scene> = scene(async function* (_request, signal) {
    yield delta(SENTENCE)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    yield { type: 'usage', promptTokens: 5, completionTokens: 6, estimated: false }
    yield { type: 'error', code: 'aborted', retryable: false }
  })
  const written = scenery.write()
  await expect.poll(() => scenery.drafts.length).toBe(1)
  scenery.hurry.abort()
  expect(await written).toMatchObject({ kind: 'unfinished' })
  expect(scenery.ends).toMatchObject([{ usage: { promptTokens: 5, completionTokens: 6, estimated: false } }])
})
