import type { StubRequest, StubScript } from './model-stub.js'

/** Words that mean the same: a text's vector says how often each of these meanings is in it. */
const MEANINGS = [
  ['refund', 'refunded', 'reimburse', 'reimbursed', 'reimbursement', 'money'],
  ['deliver', 'delivery', 'shipping', 'parcel', 'courier', 'consignment'],
  ['open', 'hours', 'closing', 'o’clock'],
  ['zanzibar'],
]

/** What the stub's model makes of a text: the same for texts that mean the same, whatever their words. */
export function meaningOf(text: string): number[] {
  const words = text.toLowerCase().match(/[\p{L}’]+/gu) ?? []
  const counts = MEANINGS.map((meaning) => words.filter((word) => meaning.includes(word)).length)
  return [...counts, counts.some((count) => count > 0) ? 0 : 1]
}

/** The texts of a request for vectors. */
export function textsOf({ body }: Pick<StubRequest, 'body'>): string[] {
  return body.input as string[]
}

/** An answer in one piece. */
export function json(body: unknown, { status = 200, type = 'application/json' } = {}): StubScript {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status, headers: { 'content-type': type }, steps: [{ write: text }] }
}

/** Vectors as OpenAI sends them. */
export function vectorsOf(embeddings: readonly unknown[], promptTokens: number | null = 7): unknown {
  return {
    object: 'list',
    model: 'm',
    data: embeddings.map((embedding, index) => ({ object: 'embedding', index, embedding })),
    ...(promptTokens === null ? {} : { usage: { prompt_tokens: promptTokens, total_tokens: promptTokens } }),
  }
}

/** A server that knows what texts mean. */
export const meansIt = (request: StubRequest): StubScript => json(vectorsOf(textsOf(request).map(meaningOf)))
