import { expect, it } from 'vitest'
import { DEFAULT_POLICY } from '../policies/policy-settings.js'
import type { Retriever } from '../retrieval-js/retriever.js'
import type { Written } from '../writing/answer-writer.js'
import { episodeOf } from './episode.js'
import type { LoadedTurn } from './load-turn.js'
import { takeTurn } from './take-turn.js'

const HIT = { docId: 'd', chunkId: 'd/0', title: 'Hours', url: null, text: 'We open at nine.', score: 1 }
const TURN: LoadedTurn = {
  ...{
    widgetId: 'w',
    settings: DEFAULT_POLICY,
    texts: ['At which hour do doors open on weekdays?'],
    earlier: [],
    history: [],
  },
  ...{ persona: { name: 'Acme', organization: 'Acme' }, personOffered: false, openTickets: [], leadKnown: false },
  ...episodeOf([]),
}

/** A turn of which the best hit is sure; `idfCoverage`: how much of the question stands in it. */
const take = (written: Written, idfCoverage: number) => {
  const features = { idfCoverage, titleCoverage: 0.9, scoreShare: 0.9, margin: 0.5, logTerms: 1.5 }
  const retriever: Retriever = { search: async () => ({ hits: [HIT], features }) }
  const writer = { state: 'ready' as const, write: async () => written }
  return takeTurn({ turn: TURN, retriever, meaning: null, teamOnline: true, writer })
}
const words = (taken: Awaited<ReturnType<typeof take>>) => JSON.stringify(taken?.messages)

it.each([
  [0.7, true],
  [1, true],
  [1, false],
])(
  '[B6] says the entry’s own words where %d of a question stands in it, and the model refuses: %s',
  async (covered, refused) => {
    const taken = await take({ kind: 'suggestions', refused }, covered)
    expect(taken).toMatchObject({
      band: 'high',
      sources: ['d'],
      decision: { rule: 'G1', reason: 'the provider is out: declined' },
    })
    expect(words(taken)).toContain('We open at nine.')
  },
)

it('[B6] suggests where what was written does not hold, and the entry is not on this very question', async () => {
  const taken = await take({ kind: 'suggestions', refused: false }, 0.7)
  expect(taken).toMatchObject({ band: 'middle', decision: { rule: 'A2' } })
  expect(words(taken)).not.toContain('We open at nine.')
})
