import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { chunk, DONE, event, finish, packets, says, status, usage, words } from '../testing/model-scripts.js'
import { type ModelStub, type StubScript, startModelStub } from '../testing/model-stub.js'
import type { ProviderEvent } from './answer-provider.js'
import { createOpenAiProvider, type OpenAiProviderOptions } from './openai-provider.js'
import { aRequest, eventsOf, textOf } from './testing/test-answer-provider.js'
import { createWatchedClock, type WatchedClock } from './testing/watched-clock.js'

const KEY = 'sk-secret-7f3a'
/** All that was logged since this file began: the openai package keeps what it logs with from its first use on. */
const logged: string[] = []
const LEVELS = ['log', 'info', 'warn', 'error', 'debug'] as const
beforeAll(() => {
  for (const level of LEVELS)
    vi.spyOn(console, level).mockImplementation((...said) => void logged.push(JSON.stringify(said)))
})
afterAll(() => void vi.restoreAllMocks())

let stub: ModelStub
let clock: WatchedClock
beforeEach(async () => {
  stub = await startModelStub()
  clock = createWatchedClock()
})
afterEach(() => stub.close())

const create = (over: Partial<OpenAiProviderOptions> = {}) =>
  createOpenAiProvider({ baseUrl: stub.baseUrl, apiKey: KEY, model: 'm', fetch, clock, ...over })
/** All events of one answer; the pause before a retry is over as soon as it begins. */
async function answered(script: StubScript[], over: Partial<OpenAiProviderOptions> = {}): Promise<ProviderEvent[]> {
  stub.queue(...script)
  const impatient = {
    now: clock.now,
    setTimeout(run: () => void, delayMs: number) {
      const cancel = clock.setTimeout(run, delayMs)
      if (delayMs < 1_000) queueMicrotask(run)
      return cancel
    },
  }
  return eventsOf(create({ clock: impatient, ...over }))
}
const last = (events: readonly ProviderEvent[]) => events.at(-1)
const bytes = (text: string) => new TextEncoder().encode(text)

describe('a stream in good order', () => {
  it('is asked for by what all servers know, without tools, schemas or words of this machine', async () => {
    const events = await answered([says('Yes', ' [1].')])
    expect(events).toEqual([
      { type: 'delta', text: 'Yes' },
      { type: 'delta', text: ' [1].' },
      { type: 'usage', promptTokens: 120, completionTokens: 7, estimated: false },
      { type: 'done', finish: 'stop' },
    ])
    const [request] = stub.requests
    expect(request?.path).toBe('/v1/chat/completions')
    expect(request?.headers.authorization).toBe(`Bearer ${KEY}`)
    expect(Object.keys(request?.headers ?? {}).filter((name) => name.startsWith('x-'))).toEqual([])
    expect(request?.body).toEqual({
      ...{ model: 'm', stream: true, stream_options: { include_usage: true }, temperature: 0 },
      ...{ max_completion_tokens: 400, messages: request?.body.messages },
    })
    expect(request?.body.messages.map(({ role }) => role)).toEqual(['system', 'user'])
  })
  it('sends no key where there is none, and nothing of the environment', async () => {
    vi.stubEnv('OPENAI_ORG_ID', 'org-of-the-machine')
    vi.stubEnv('OPENAI_ADMIN_KEY', 'admin-of-the-machine')
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'x-leak: 1')
    const events = await answered([says('Yes.')], { apiKey: null })
    vi.unstubAllEnvs()
    expect(last(events)).toEqual({ type: 'done', finish: 'stop' })
    expect(JSON.stringify(stub.requests[0]?.headers)).not.toMatch(/bearer|of-the-machine|x-leak/i)
  })
})

describe('what servers do to a stream', () => {
  const whole: [string, StubScript][] = [
    [
      'choices that are empty',
      packets(chunk({ choices: [] }), words('Yes.'), chunk({ choices: [] }), finish('stop'), DONE),
    ],
    [
      'content that is null, and chunks of nothing',
      packets(
        chunk({ choices: [{ index: 0, delta: { role: 'assistant', content: null }, finish_reason: null }] }),
        chunk({ choices: [{ index: 0, delta: null }] }),
        chunk({ choices: [null] }),
        chunk({ choices: 'none' }),
        event('null'),
        event('7'),
        event('[]'),
        words('Yes.'),
        finish('stop'),
        DONE,
      ),
    ],
    [
      'reasoning beside the content',
      packets(
        chunk({ choices: [{ index: 0, delta: { reasoning_content: 'The visitor wants…', content: null } }] }),
        chunk({ choices: [{ index: 0, delta: { reasoning: 'so I say' } }] }),
        words('Yes.'),
        finish('stop'),
        DONE,
      ),
    ],
    ['no [DONE]', packets(words('Yes.'), finish('stop'))],
    ['no blank line at the end', packets(words('Yes.'), finish('stop').trimEnd())],
    ['CRLF', packets(`${words('Yes.')}${finish('stop')}${DONE}`.replaceAll('\n', '\r\n'))],
    ['CRLF cut in two', packets(...[...`${words('Yes.')}${finish('stop')}${DONE}`.replaceAll('\n', '\r\n')])],
    [
      'data over several lines',
      packets(
        `data: {"choices":[{"index":0,\ndata: "delta":{"content":"Yes."},\ndata: "finish_reason":"stop"}]}\n\n`,
        DONE,
      ),
    ],
    [
      'comments and unknown fields',
      packets(': OPENROUTER PROCESSING\n\n', 'id: 7\nretry: 10\nx: y\n', words('Yes.'), ':\n\n', finish('stop'), DONE),
    ],
    ['names of events', packets(`event: message\n${words('Yes.')}`, finish('stop'), DONE)],
    ['no space behind the colon', packets(words('Yes.').replace('data: ', 'data:'), finish('stop'), 'data:[DONE]\n\n')],
    ['a connection that stays after [DONE]', packets(words('Yes.'), finish('stop'), DONE, 'hang')],
    ['words behind the end', packets(words('Yes.'), finish('stop'), words(' No.'), DONE)],
    [
      'an answer in one piece, with its own type',
      {
        headers: { 'content-type': 'application/json; charset=utf-8' },
        steps: [
          { write: JSON.stringify({ choices: [{ index: 0, message: { content: 'Yes.' }, finish_reason: 'stop' }] }) },
        ],
      },
    ],
    [
      'another type of content',
      { ...packets(words('Yes.'), finish('stop'), DONE), headers: { 'content-type': 'text/plain' } },
    ],
    ['something broken behind the end', packets(words('Yes.'), finish('stop'), 'data: {oops\n\n')],
    ['numbers in every chunk', packets(words('Yes.'), usage(1, 1), finish('stop'), DONE)],
    ['a finish of tools that were never offered', packets(words('Yes.'), finish('tool_calls'), DONE)],
    ['numbers that cannot be', packets(words('Yes.'), finish('stop'), usage(-5, 1e12), DONE)],
  ]
  it.each(whole)('%s: the words come, and the end', async (_, script) => {
    const events = await answered([script])
    expect(textOf(events)).toBe('Yes.')
    expect(last(events)).toEqual({ type: 'done', finish: 'stop' })
    expect(events.filter(({ type }) => type === 'usage')).toHaveLength(1)
    expect(stub.requests).toHaveLength(1)
  })
  it('letters cut in two between packets stay whole', async () => {
    const text = 'जीएसटी ₹१,४९९ — 🧾'
    const all = bytes(`${words(text)}${finish('stop')}${DONE}`)
    const events = await answered([packets(...Array.from(all, (byte) => Uint8Array.of(byte)))])
    expect(textOf(events)).toBe(text)
    expect(last(events)).toEqual({ type: 'done', finish: 'stop' })
  })
  it('numbers come in a chunk without choices, or are estimated', async () => {
    const used = async (script: StubScript) => (await answered([script])).find((event) => event.type === 'usage')
    expect(await used(packets(words('Yes.'), finish('stop'), usage(9, 3), DONE))).toMatchObject({
      ...{ promptTokens: 9, completionTokens: 3, estimated: false },
    })
    for (const script of [
      packets(words('Yes.'), finish('stop'), DONE),
      packets(words('Yes.'), finish('stop'), usage(-9, 3)),
    ]) {
      const estimated = await used(script)
      expect(estimated).toMatchObject({ completionTokens: 1, estimated: true })
      expect(estimated?.promptTokens).toBeGreaterThan(200)
    }
  })
  it.each([
    ['length', 'length'],
    ['content_filter', 'content_filter'],
    ['function_call', 'stop'],
    ['eos', 'stop'],
  ])('an end for the reason %s is %s', async (reason, expected) => {
    const events = await answered([packets(words('Yes.'), finish(reason), DONE)])
    expect(last(events)).toEqual({ type: 'done', finish: expected })
  })
  it('a refusal is an end without words', async () => {
    const refusal = chunk({ choices: [{ index: 0, delta: { refusal: "I'm sorry, I can't" } }] })
    const events = await answered([packets(refusal, 'hang')])
    expect(textOf(events)).toBe('')
    expect(last(events)).toEqual({ type: 'done', finish: 'refusal' })
    await stub.left(1)
  })
  it('a filter that lets nothing through is an end without words', async () => {
    expect(last(await answered([packets(finish('content_filter'), DONE)]))).toEqual({
      type: 'done',
      finish: 'content_filter',
    })
  })
  it('blanks without an end are ended, before the first word and after the last', async () => {
    function* blanks(first: string) {
      yield { write: words(first) }
      for (;;) yield { write: words(' \n\t ') }
    }
    const script = (first: string): StubScript => ({ steps: () => blanks(first) })
    expect(last(await answered([script(''), script('')]))).toEqual({ type: 'error', code: 'empty', retryable: true })
    const events = await answered([script('Yes.')])
    expect(textOf(events).trim()).toBe('Yes.')
    expect(last(events)).toEqual({ type: 'done', finish: 'length' })
    await stub.left(3)
  })
  it('an answer without an end is ended', async () => {
    function* more() {
      for (;;) yield { write: words('more and more ') }
    }
    const events = await answered([{ steps: more }])
    expect(textOf(events).length).toBe(3_200)
    expect(last(events)).toEqual({ type: 'done', finish: 'length' })
    await stub.left(1)
  })
  it('bytes without an end or an event are not kept', async () => {
    const block = 'x'.repeat(256 * 1024)
    function* more() {
      for (;;) yield { write: block }
    }
    expect(last(await answered([{ steps: more }, { steps: more }]))).toMatchObject({ code: 'malformed' })
    await stub.left(2)
  })
})

describe('what ends before the first word', () => {
  const page = '<!doctype html><html><body>Sign in to the network</body></html>'
  const failing: [string, StubScript, string][] = [
    ['a page', { headers: { 'content-type': 'text/html' }, steps: [{ write: page }] }, 'malformed'],
    ['a page that calls itself a stream', packets(page), 'malformed'],
    ['nothing', packets(), 'malformed'],
    ['only [DONE]', packets(DONE), 'malformed'],
    ['no JSON', packets('data: {"choices": [\n\n'), 'malformed'],
    [
      'no JSON, with the type of it',
      { headers: { 'content-type': 'application/json' }, steps: [{ write: '{"a' }] },
      'malformed',
    ],
    ['an error with status 200', status(200, { error: { message: 'overloaded', code: 503 } }), 'server_error'],
    ['an error that is a word', status(200, { error: 'overloaded' }), 'server_error'],
    ['an error in the stream', packets(event({ error: { message: 'CUDA out of memory' } })), 'server_error'],
    ['an object that is an error', packets(event({ object: 'error', message: 'no' })), 'server_error'],
    ['a server that is still loading', status(503, { error: { message: 'Loading model', code: 503 } }), 'server_error'],
    ['too many requests', status(429, { error: { message: 'slow down' } }), 'rate_limited'],
    ['an answer without a word', packets(words(''), finish('stop'), DONE), 'empty'],
    ['an answer of one blank', packets(words('\n'), finish('stop'), usage(9, 1), DONE), 'empty'],
    [
      'JSON in the reasoning only',
      packets(chunk({ choices: [{ delta: { content: null, reasoning_content: '{}' } }] }), finish('stop'), DONE),
      'empty',
    ],
    ['a cut', packets(': hello\n\n', 'cut'), 'cut'],
    ['a cut before the head', { silent: false, status: 200, steps: ['cut'] }, 'cut'],
  ]
  it.each(failing)('%s is tried again once, and then an error', async (_, script, code) => {
    const events = await answered([script, script])
    expect(last(events)).toEqual({ type: 'error', code, retryable: true })
    expect(textOf(events)).toBe('')
    expect(stub.requests).toHaveLength(2)
  })
  it.each(failing)('%s is mended by the second attempt', async (_, script) => {
    const events = await answered([script, says('Yes.')])
    expect(textOf(events)).toBe('Yes.')
    expect(last(events)).toEqual({ type: 'done', finish: 'stop' })
  })
  it.each<[string, StubScript, string]>([
    ['a wrong key', status(401, { error: { message: `Incorrect API key provided: ${KEY}` } }), 'unauthorised'],
    ['a key without the right', status(403, {}), 'unauthorised'],
    ['a quota that is spent', status(429, { error: { code: 'insufficient_quota' } }), 'quota_spent'],
    ['a model that is not there', status(404, { error: { message: 'model m not found' } }), 'rejected'],
    ['a prompt that is too long', status(400, { error: { code: 'context_length_exceeded' } }), 'rejected'],
    ['a way to elsewhere', { status: 307, headers: { location: 'http://127.0.0.1:9/' }, steps: [] }, 'rejected'],
  ])('%s is not tried again', async (_, script, code) => {
    const events = await answered([script])
    expect(events).toEqual([{ type: 'error', code, retryable: false }])
    expect(stub.requests).toHaveLength(1)
  })
  it('a server that is not there is an error', async () => {
    const { baseUrl } = stub
    await stub.close()
    expect(last(await answered([], { baseUrl }))).toEqual({ type: 'error', code: 'unreachable', retryable: true })
    stub = await startModelStub()
  })
  it('a server that asks for time is given a little, and no more', async () => {
    const busy = (seconds: string) => status(503, {}, { 'retry-after': seconds })
    stub.queue(busy('2'), says('Yes.'), busy('3'))
    const provider = create()
    const first = eventsOf(provider)
    await clock.armed(2_000)
    clock.advance(2_000)
    expect(textOf(await first)).toBe('Yes.')
    expect(await eventsOf(provider)).toEqual([{ type: 'error', code: 'server_error', retryable: true }])
    expect(stub.requests).toHaveLength(3)
  })
})

describe('what ends after the first word', () => {
  it.each<[string, StubScript, string]>([
    ['a cut', packets(words('Half'), 'cut'), 'cut'],
    ['an end in good order without a reason', packets(words('Half')), 'cut'],
    ['an error in the stream', packets(words('Half'), event({ error: { message: 'no' } })), 'server_error'],
    ['no JSON', packets(words('Half'), 'data: {"choices\n\n'), 'malformed'],
  ])('%s keeps the words, is charged, and is not tried again', async (_, script, code) => {
    const events = await answered([script])
    expect(textOf(events)).toBe('Half')
    expect(events.slice(-2)).toMatchObject([
      { type: 'usage', estimated: true },
      { type: 'error', code, retryable: true },
    ])
    expect(stub.requests).toHaveLength(1)
  })
})

describe('deadlines', () => {
  const silent: StubScript = { silent: true, steps: [] }
  it('three seconds to the head, and once more', async () => {
    stub.queue(silent, silent)
    const events = eventsOf(create())
    await stub.received(1)
    clock.advance(3_000)
    await clock.armed(300)
    clock.advance(300)
    await stub.received(2)
    clock.advance(3_000)
    expect(await events).toEqual([{ type: 'error', code: 'connect_timeout', retryable: true }])
    await stub.left(2)
  })
  it('eight seconds to the first word, whatever else comes', async () => {
    const thinking = chunk({ choices: [{ delta: { reasoning_content: 'hm' } }] })
    stub.queue(packets(': ping\n\n', thinking, words(' '), 'hang'), says('Yes.'))
    const events = eventsOf(create())
    await clock.armed(8_000)
    clock.advance(8_000)
    await clock.armed(300)
    clock.advance(300)
    expect(textOf(await events)).toBe('Yes.')
    await stub.left(1)
  })
  it('ten seconds between words, without another attempt', async () => {
    stub.queue(packets(words('Half'), 'hang'))
    const events = eventsOf(create())
    await clock.armed(10_000)
    clock.advance(10_000)
    expect((await events).at(-1)).toEqual({ type: 'error', code: 'idle_timeout', retryable: true })
    await stub.left(1)
  })
  it('thirty seconds in all, while words keep coming', async () => {
    let more = () => {}
    stub.queue({
      *steps() {
        yield { write: words('One ') }
        more = () => clock.advance(9_000)
        for (;;) yield { write: words('more ') }
      },
    })
    const events: ProviderEvent[] = []
    for await (const event of create().answer(
      aRequest({ limits: { promptTokens: 6_000, completionTokens: 100_000 } }),
      new AbortController().signal,
    )) {
      events.push(event)
      if (events.length <= 4) more()
    }
    expect(events.at(-1)).toEqual({ type: 'error', code: 'total_timeout', retryable: true })
  })
  it('thirty seconds in all, over both attempts', async () => {
    stub.queue(silent, silent)
    const events = eventsOf(create({ deadlines: { connectMs: 20_000 } }))
    await stub.received(1)
    clock.advance(20_000)
    await clock.armed(300)
    clock.advance(300)
    await stub.received(2)
    clock.advance(9_700)
    expect(await events).toEqual([{ type: 'error', code: 'total_timeout', retryable: true }])
  })
  it('one second for the numbers behind the end', async () => {
    stub.queue(packets(words('Yes.'), finish('stop'), 'hang'))
    const events = eventsOf(create())
    await clock.armed(1_000)
    clock.advance(1_000)
    expect((await events).slice(-2)).toMatchObject([
      { type: 'usage', estimated: true },
      { type: 'done', finish: 'stop' },
    ])
    await stub.left(1)
  })
  it('leave nothing behind', async () => {
    stub.queue(says('Yes.'))
    await eventsOf(create())
    expect(clock.pending).toBe(0)
  })
  it('hold where a fetch heeds no signal', async () => {
    const deaf = create({ fetch: () => new Promise(() => {}) })
    const events = eventsOf(deaf)
    await clock.armed(3_000)
    clock.advance(3_000)
    await clock.armed(300)
    clock.advance(300)
    await clock.armed(3_000, 2)
    clock.advance(3_000)
    expect(await events).toEqual([{ type: 'error', code: 'connect_timeout', retryable: true }])
  })
})

describe('fields that a server does not know', () => {
  const reject = (message: string, code = 400): StubScript =>
    status(code, { error: { message, type: 'invalid_request_error' } })
  it('are left out once, and from then on', async () => {
    stub.queue(
      reject('Unrecognized request argument supplied: stream_options'),
      reject(
        "Unsupported parameter: 'max_completion_tokens' is not supported with this model. Use 'max_tokens' instead.",
      ),
      says('Yes.'),
      says('Yes again.'),
    )
    const provider = create()
    expect(textOf(await eventsOf(provider))).toBe('Yes.')
    expect(textOf(await eventsOf(provider))).toBe('Yes again.')
    expect(stub.requests).toHaveLength(4)
    for (const { body } of stub.requests.slice(2)) {
      expect(body).toMatchObject({ max_tokens: 400 })
      expect(body).not.toHaveProperty('stream_options')
      expect(body).not.toHaveProperty('max_completion_tokens')
    }
    expect(provider.capabilities().usage).toBe('estimated')
  })
  it('are found in what other servers say as well', async () => {
    stub.queue(
      status(422, { detail: [{ loc: ['body', 'temperature'], msg: 'extra fields not permitted' }] }),
      reject('max_completion_tokens: unknown'),
      reject('max_tokens: unknown'),
      says('Yes.'),
    )
    expect(textOf(await eventsOf(create()))).toBe('Yes.')
    const body = stub.requests.at(-1)?.body
    expect(body).not.toHaveProperty('temperature')
    expect(JSON.stringify(Object.keys(body ?? {}))).not.toContain('max_')
  })
  it('end in an error where a server rejects whatever comes', async () => {
    stub.otherwise(reject('stream_options, max_completion_tokens, max_tokens, temperature'))
    expect(await eventsOf(create())).toEqual([{ type: 'error', code: 'rejected', retryable: false }])
    expect(stub.requests.length).toBeLessThanOrEqual(5)
  })
  it('are not sent where one knows better from the beginning', async () => {
    await answered([packets(words('Yes.'), finish('stop'), 'hang')], {
      caps: { usageInStream: false, maxTokensParam: 'max_tokens' },
    })
    expect(stub.requests[0]?.body).not.toHaveProperty('stream_options')
    expect(stub.requests[0]?.body).toMatchObject({ max_tokens: 400 })
  })
})

describe('a provider that keeps failing', () => {
  it('threat 72: is left alone for a while, and then tried by one', async () => {
    stub.otherwise(status(500, {}, { 'retry-after': '60' }))
    const provider = create()
    for (let turn = 0; turn < 5; turn++)
      expect(await eventsOf(provider)).toEqual([{ type: 'error', code: 'server_error', retryable: true }])
    expect(provider.capabilities().state).toBe('breaker_open')
    expect(await eventsOf(provider)).toEqual([{ type: 'error', code: 'breaker_open', retryable: true }])
    expect(stub.requests).toHaveLength(5)
    clock.advance(30_000)
    expect(provider.capabilities().state).toBe('ready')
    stub.queue(packets(words('Half'), 'hang'))
    const trial = provider.answer(aRequest(), new AbortController().signal)[Symbol.asyncIterator]()
    await trial.next()
    expect(await eventsOf(provider)).toEqual([{ type: 'error', code: 'breaker_open', retryable: true }])
    // Its visitor leaves: that says nothing, and the next one tries.
    await trial.return?.()
    stub.queue(says('Yes.'))
    expect(textOf(await eventsOf(provider))).toBe('Yes.')
    expect(provider.capabilities().state).toBe('ready')
  })
  it('is not blamed for what others do', async () => {
    const provider = create()
    stub.otherwise(status(400, {}))
    for (let turn = 0; turn < 6; turn++) expect(last(await eventsOf(provider))).toMatchObject({ code: 'rejected' })
    stub.otherwise({ silent: true, steps: [] })
    for (let turn = 0; turn < 6; turn++) {
      const controller = new AbortController()
      const events = eventsOf(provider, aRequest(), controller.signal)
      await stub.received(7 + turn)
      controller.abort()
      expect(await events).toEqual([{ type: 'error', code: 'aborted', retryable: false }])
    }
    expect(provider.capabilities().state).toBe('ready')
  })
})

describe('a key', () => {
  it('is in no event and no log, whatever a server says or a key looks like', async () => {
    vi.stubEnv('OPENAI_LOG', 'debug')
    const events = [
      ...(await answered([status(401, { error: { message: `wrong key ${KEY}` } })])),
      ...(await answered([packets(event({ error: { message: KEY } })), packets(`data: ${KEY}\n\n`)])),
      ...(await answered([status(500, KEY), status(400, { error: { message: KEY } })])),
      ...(await answered([], { apiKey: `${KEY}\nx: y` })),
      ...(await answered([], { baseUrl: 'http://127.0.0.1:1/v1' })),
    ]
    vi.unstubAllEnvs()
    expect(events.length).toBeGreaterThanOrEqual(5)
    expect(JSON.stringify(events)).not.toContain('secret')
    expect(logged).toEqual([])
  })
})
