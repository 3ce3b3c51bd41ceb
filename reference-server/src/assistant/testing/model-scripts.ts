import type { StubScript, StubStep } from './model-stub.js'

/** A chunk of a stream, as OpenAI sends it. */
export function chunk(fields: Record<string, unknown>): string {
  return event({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', ...fields })
}

/** An event of a stream. */
export function event(data: unknown): string {
  return `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`
}

/** A chunk with words. */
export function words(content: string): string {
  return chunk({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })
}

/** The chunk that says why the answer ends. */
export function finish(reason: string): string {
  return chunk({ choices: [{ index: 0, delta: {}, finish_reason: reason }] })
}

/** The chunk of numbers. */
export function usage(prompt_tokens: number, completion_tokens: number): string {
  return chunk({
    choices: [],
    usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
  })
}

/** The end of a stream. */
export const DONE = event('[DONE]')

/** A script of packets. */
export function packets(...parts: (string | Uint8Array | Exclude<StubStep, object>)[]): StubScript {
  return {
    steps: parts.map((part) => (part === 'cut' || part === 'hang' || part === 'end' ? part : { write: part })),
  }
}

/** Says these pieces as a server without faults does. */
export function says(...pieces: string[]): StubScript {
  return packets(
    chunk({ choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] }),
    ...pieces.map(words),
    finish('stop'),
    usage(120, 7),
    DONE,
  )
}

/** Answers with a status and a JSON body. */
export function status(code: number, body: unknown, headers: Record<string, string> = {}): StubScript {
  return {
    status: code,
    headers: { 'content-type': 'application/json', ...headers },
    steps: [{ write: JSON.stringify(body) }],
  }
}
