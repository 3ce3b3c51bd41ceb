import * as z from 'zod'

/** More no model of today has, and each vector is kept in memory. */
const MOST_DIMENSIONS = 8_192

const response = z.object({
  data: z.array(z.object({ index: z.int().optional(), embedding: z.array(z.number()) })),
  usage: z.object({ prompt_tokens: z.int().min(0) }).optional(),
})

/** What a server has answered to a request for vectors. */
export interface ReadVectors {
  vectors: Float32Array[]
  /** Null: the server has not said it. */
  promptTokens: number | null
}

/** Reads the vectors of so many texts, each made as long as 1; null: that is not what was asked for. */
export function readVectors(body: unknown, texts: number): ReadVectors | null {
  const read = response.safeParse(body)
  if (!read.success || read.data.data.length !== texts) return null
  const byIndex = new Map(read.data.data.map(({ index, embedding }, place) => [index ?? place, embedding]))
  const vectors: Float32Array[] = []
  for (let index = 0; index < texts; index++) {
    const vector = unit(byIndex.get(index) ?? [])
    if (!vector || vector.length !== (vectors[0] ?? vector).length) return null
    vectors.push(vector)
  }
  return { vectors, promptTokens: read.data.usage?.prompt_tokens ?? null }
}

/** The same direction with length 1; null: it has none, or numbers that are none. */
function unit(numbers: readonly number[]): Float32Array | null {
  if (numbers.length === 0 || numbers.length > MOST_DIMENSIONS) return null
  const length = Math.sqrt(numbers.reduce((sum, number) => sum + number * number, 0))
  return Number.isFinite(length) && length > 0 ? Float32Array.from(numbers, (number) => number / length) : null
}
