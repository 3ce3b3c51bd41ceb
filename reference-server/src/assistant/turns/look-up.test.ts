import { expect, it } from 'vitest'
import { DEFAULT_THRESHOLDS } from '../confidence/confidence.js'
import type { RetrievalFeatures } from '../confidence/retrieval-features.js'
import type { NearPassage } from '../embeddings/meaning-search.js'
import type { Hit } from '../retrieval-js/retriever.js'
import { lookUp } from './look-up.js'

const TEXT = 'How long do refunds take?'
const SURE: RetrievalFeatures = { idfCoverage: 1, titleCoverage: 1, scoreShare: 0.9, margin: 0.6, logTerms: 1.4 }
const UNSURE: RetrievalFeatures = { idfCoverage: 0.6, titleCoverage: 0.5, scoreShare: 0.35, margin: 0.1, logTerms: 1.4 }
const LOW: RetrievalFeatures = { idfCoverage: 0.1, titleCoverage: 0, scoreShare: 0.05, margin: 0.1, logTerms: 1.4 }

const hit = (docId: string): Hit => ({
  ...{ docId, chunkId: `${docId}.0`, title: docId, url: null, score: 1 },
  text: 'Refunds take five days.',
})

/** What words find, each with what is known of it, and what is near by its meaning; null: nothing can be said. */
function look(
  byWords: readonly [string, RetrievalFeatures][],
  near: readonly [string, number][] | null,
  atLeast: number | null = null,
) {
  const asked: string[] = []
  const each = byWords.map(([, features]) => features)
  const passages = near?.map(([docId, cosine]): NearPassage => ({ ...hit(docId), cosine })) ?? null
  const retriever = {
    search: async () => ({
      hits: byWords.map(([docId]) => hit(docId)),
      features: each[0] ?? { ...LOW, idfCoverage: 0 },
      each,
    }),
  }
  const meaning = {
    atLeast,
    near: async (question: string) => {
      asked.push(question)
      return passages
    },
  }
  const question = { text: TEXT, language: 'en' as const, settings: DEFAULT_THRESHOLDS }
  return {
    asked,
    plain: () => lookUp(retriever, { ...question, meaning: null }),
    fused: () => lookUp(retriever, { ...question, meaning }),
  }
}
const namesOf = ({ hits }: { hits: readonly Hit[] }) => hits.map(({ docId }) => docId)

it('[B16] a passage that the words are sure of stays the first, and nobody is asked what else means the same', async () => {
  const { asked, plain, fused } = look(
    [
      ['words', SURE],
      ['other', UNSURE],
    ],
    [['meaning', 0.99]],
    0.5,
  )
  expect(await fused()).toEqual(await plain())
  expect((await fused()).confidence.band).toBe('high')
  expect(asked).toEqual([])
})

it('[B16] where the words are not sure, what is near by its meaning comes in, and is suggested at most', async () => {
  const { asked, fused } = look([['words', UNSURE]], [['meaning', 0.99]])
  const found = await fused()
  expect(asked).toEqual([TEXT])
  expect(namesOf(found)).toEqual(['meaning', 'words'])
  expect(found.confidence.band).toBe('middle')
})

it('[B16] nothing is answered for its meaning alone, however near it is; suggested only where the host says so', async () => {
  const none = look([], [['meaning', 1]])
  expect((await none.fused()).confidence).toMatchObject({ band: 'low', probability: 0 })
  const some = look([['words', LOW]], [['meaning', 1]], 0.8)
  const found = await some.fused()
  expect(found.confidence.band).toBe('middle')
  expect(namesOf(found)[0]).toBe('meaning')
  expect((await look([], [['meaning', 0.79]], 0.8).fused()).confidence.band).toBe('low')
  expect((await look([], [['meaning', 0.8]], 0.8).fused()).confidence).toMatchObject({ band: 'middle', probability: 0 })
})

it('[B16] where the words say nothing, what is not near is not suggested for having one of them', async () => {
  const { fused } = look(
    [['words', LOW]],
    [
      ['meaning', 0.9],
      ['words', 0.1],
    ],
    0.8,
  )
  expect(namesOf(await fused())).toEqual(['meaning'])
})

it('[B16] the words of the passage that comes first say how sure it is; it is ahead of nothing by them', async () => {
  const behind = look(
    [
      ['words', UNSURE],
      ['both', SURE],
    ],
    [['both', 0.9]],
  )
  const found = await behind.fused()
  expect(namesOf(found)).toEqual(['both', 'words'])
  expect(found.confidence).toMatchObject({ band: 'high', worded: 1 })
  const ahead = await look([['both', { ...SURE, margin: 0 }]], null).plain()
  expect(found.confidence.probability).toBe(ahead.confidence.probability)
})

it('[B16] is as sure as without it where another passage comes first, and as it was where nothing can be said in time', async () => {
  const { plain, fused } = look([['words', UNSURE]], [['meaning', 0.9]])
  expect((await fused()).confidence).toEqual((await plain()).confidence)
  for (const near of [null, [] as [string, number][]]) {
    const without = look([['words', UNSURE]], near)
    expect(await without.fused()).toEqual(await without.plain())
  }
})
