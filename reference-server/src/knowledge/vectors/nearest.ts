import { setImmediate } from 'node:timers/promises'

/** A chunk's vector, of length 1. */
export interface ChunkVector {
  /** Of its row, which goes with its words. */
  id: string
  entryId: string
  vector: Float32Array
}

/** A chunk, the nearest of its entry. */
export interface NearChunk {
  id: string
  entryId: string
  /** -1 to 1: how alike the two mean. */
  cosine: number
}

/** Vectors between which nobody else of this process is let in: some milliseconds. */
const AT_A_TIME = 1_000

/**
 * The chunks that are nearest to a question, the nearest first, one of each entry. All are compared. One with another number of
 * dimensions is of another model, whatever that calls itself, and is left out.
 */
export async function nearest(vectors: Iterable<ChunkVector>, asked: Float32Array, most: number): Promise<NearChunk[]> {
  const best = new Map<string, NearChunk>()
  let compared = 0
  for (const { id, entryId, vector } of vectors) {
    if (++compared % AT_A_TIME === 0) await setImmediate()
    if (vector.length !== asked.length) continue
    const cosine = dot(vector, asked)
    if (cosine > (best.get(entryId)?.cosine ?? Number.NEGATIVE_INFINITY)) best.set(entryId, { id, entryId, cosine })
  }
  return [...best.values()]
    .sort((one, other) => other.cosine - one.cosine || (one.entryId < other.entryId ? -1 : 1))
    .slice(0, most)
}

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0
  for (let index = 0; index < one.length; index++) sum += (one[index] as number) * (other[index] as number)
  return sum
}
