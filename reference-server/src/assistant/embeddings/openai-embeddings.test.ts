import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWatchedClock, type WatchedClock } from '../provider/testing/watched-clock.js'
import { json, vectorsOf } from '../testing/embedding-scripts.js'
import { type ModelStub, type StubScript, startModelStub } from '../testing/model-stub.js'
import type { EmbeddingProvider } from './embedding-provider.js'
import { createOpenAiEmbeddings } from './openai-embeddings.js'

describe('vectors by a server that speaks OpenAI’s Embeddings', () => {
  let stub: ModelStub
  let clock: WatchedClock
  let provider: EmbeddingProvider
  const create = (apiKey: string | null = 'sk-secret') =>
    createOpenAiEmbeddings({ baseUrl: stub.baseUrl, apiKey, model: 'small', fetch, clock })
  const embed = (texts = ['one', 'two'], signal = new AbortController().signal) =>
    provider.embed(texts, { signal, withinMs: 1_500 })
  beforeEach(async () => {
    stub = await startModelStub()
    clock = createWatchedClock()
    provider = create()
  })
  afterEach(() => stub.close())

  it('asks once for all texts, with the key and nothing else, and makes each vector as long as 1', async () => {
    stub.queue(
      json(
        vectorsOf([
          [3, 4],
          [0, -2],
        ]),
      ),
    )
    const embedded = await embed()
    expect(embedded).toMatchObject({ kind: 'vectors', usage: { promptTokens: 7, estimated: false } })
    const vectors = embedded.kind === 'vectors' ? embedded.vectors.map((vector) => [...vector]) : []
    expect(vectors).toEqual([
      [expect.closeTo(0.6), expect.closeTo(0.8)],
      [0, -1],
    ])
    const [request] = stub.requests
    expect(request?.path).toBe('/v1/embeddings')
    expect(request?.body).toEqual({ model: 'small', input: ['one', 'two'], encoding_format: 'float' })
    expect(request?.headers.authorization).toBe('Bearer sk-secret')
    expect(Object.keys(request?.headers ?? {}).filter((name) => name.startsWith('x-'))).toEqual([])
    provider = create(null)
    stub.queue(json(vectorsOf([[1], [1]])))
    await embed()
    expect(stub.requests[1]?.headers).not.toHaveProperty('authorization')
  })

  it('goes by the index of each vector, and counts tokens that the server does not', async () => {
    const data = [
      { index: 1, embedding: [0, 1] },
      { index: 0, embedding: [1, 0] },
    ]
    stub.queue(json({ data }))
    const embedded = await embed(['one', 'twelve characters'])
    expect(embedded).toMatchObject({ kind: 'vectors', usage: { promptTokens: 6, estimated: true } })
    expect(embedded.kind === 'vectors' && [...(embedded.vectors[0] ?? [])]).toEqual([1, 0])
  })

  const huge = () => `{"data":[{"index":0,"embedding":[${'0.1234567890,'.repeat(800_000)}1]}]}`
  it.each<[string, StubScript | (() => StubScript)]>([
    ['too few', json(vectorsOf([[1, 0]]))],
    ['too many', json(vectorsOf([[1], [1], [1]]))],
    ['one twice', json({ data: [1, 1].map((index) => ({ index, embedding: [1] })) })],
    ['vectors of different dimensions', json(vectorsOf([[1, 0], [1]]))],
    ['more dimensions than any', json(vectorsOf([Array(9_000).fill(1), Array(9_000).fill(1)]))],
    ['none', json(vectorsOf([[], []]))],
    ['a vector without a direction', json(vectorsOf([[1], [0]]))],
    ['NaN', json('{"data":[{"index":0,"embedding":[NaN]},{"index":1,"embedding":[1]}]}')],
    ['null', json(vectorsOf([[null], [1]]))],
    ['numbers without an end', json('{"data":[{"index":0,"embedding":[1e999]},{"index":1,"embedding":[1]}]}')],
    ['words', json(vectorsOf(['AACAPw==', 'AACAPw==']))],
    ['an error with status 200', json({ error: { message: 'no' } })],
    ['half of it', json('{"data":[{"index":0,"emb')],
    ['a page', json('<html>Sign in</html>', { type: 'text/html' })],
    ['a page that says it is JSON', json('<html>Sign in</html>')],
    ['nothing', json('')],
    ['a body without an end', () => json(huge())],
  ])('takes nothing of %s', async (_name, script) => {
    stub.queue(typeof script === 'function' ? script() : script)
    expect(await embed()).toMatchObject({ kind: 'failed', code: 'malformed' })
  })

  it.each([
    [401, 'unauthorised'],
    [429, 'rate_limited'],
    [500, 'server_error'],
    [400, 'rejected'],
    [404, 'rejected'],
    [302, 'rejected'],
  ])('says of status %d that it is %s, and that it costs nothing', async (status, code) => {
    stub.queue(json({ error: { message: 'sk-secret is wrong' } }, { status }))
    expect(await embed()).toEqual({ kind: 'failed', code, usage: null })
    expect(stub.requests).toHaveLength(1)
  })

  it('says of a connection that breaks off that it did', async () => {
    stub.queue({ headers: { 'content-type': 'application/json' }, steps: [{ write: '{"data":' }, 'cut'] })
    expect(await embed()).toMatchObject({ kind: 'failed' })
    await stub.close()
    expect(await embed()).toEqual({ kind: 'failed', code: 'unreachable', usage: null })
    stub = await startModelStub()
  })

  it('gives up in time, or when nobody wants it, and counts what it may have cost', async () => {
    stub.otherwise({ silent: true, steps: [] })
    const slow = embed()
    await stub.received(1)
    clock.advance(1_500)
    expect(await slow).toEqual({ kind: 'failed', code: 'total_timeout', usage: { promptTokens: 2, estimated: true } })
    const gone = new AbortController()
    const unwanted = embed(['one'], gone.signal)
    await stub.received(2)
    gone.abort()
    expect(await unwanted).toMatchObject({ kind: 'failed', code: 'aborted' })
    await stub.left(2)
    expect(await embed(['one'], AbortSignal.abort())).toMatchObject({ code: 'aborted', usage: null })
    expect(stub.requests).toHaveLength(2)
    expect(clock.pending).toBe(0)
  })

  it('leaves a server alone for a while that keeps failing, but not for a text that it does not take', async () => {
    stub.otherwise(json({}, { status: 400 }))
    for (let time = 0; time < 6; time++) await embed()
    expect(provider.state).toBe('ready')
    stub.otherwise(json({}, { status: 500 }))
    for (let time = 0; time < 5; time++) await embed()
    expect(provider.state).toBe('breaker_open')
    expect(await embed()).toEqual({ kind: 'failed', code: 'breaker_open', usage: null })
    expect(stub.requests).toHaveLength(11)
    clock.advance(30_000)
    stub.otherwise(json(vectorsOf([[1], [1]])))
    expect(await embed()).toMatchObject({ kind: 'vectors' })
    expect(provider.state).toBe('ready')
  })
})
