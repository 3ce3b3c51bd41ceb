import { expect, it } from 'vitest'
import type { Hit } from '../retrieval-js/retriever.js'
import { fuseHits } from './fuse-hits.js'

const hit = (docId: string, by: string): Hit => ({
  ...{ docId, chunkId: `${docId} ${by}`, title: docId, url: null, text: by, score: 1 },
})
const words = (...names: string[]) => names.map((name) => hit(name, 'words'))
const meaning = (...names: string[]) => names.map((name) => hit(name, 'meaning'))
const namesOf = (hits: readonly Hit[]) => hits.map(({ docId }) => docId)

it('counts a place in the list by meaning twice, and what is in both lists before what is in one', () => {
  expect(namesOf(fuseHits(words('a', 'b'), meaning('c', 'd')))).toEqual(['c', 'd', 'a', 'b'])
  expect(namesOf(fuseHits(words('a', 'b'), meaning('c', 'b')))).toEqual(['b', 'c', 'a'])
  expect(namesOf(fuseHits(words('a', 'b'), meaning('b', 'a')))).toEqual(['b', 'a'])
  const [first] = fuseHits(words('a'), meaning('a'))
  expect(first?.score).toBeCloseTo(3 / 61)
})

it('keeps the passage with the words, and either list alone as it is', () => {
  expect(fuseHits(words('a'), meaning('a'))[0]).toMatchObject({ chunkId: 'a words', text: 'words' })
  expect(namesOf(fuseHits(words('a', 'b'), []))).toEqual(['a', 'b'])
  expect(namesOf(fuseHits([], meaning('a', 'b')))).toEqual(['a', 'b'])
})
