import type { Database } from '../../database/index.js'
import { createVectorCache, nearest, readNearHits } from '../../knowledge/index.js'
import { cutText } from '../../platform/cut-text.js'
import type { Logger } from '../../platform/logger.js'
import type { RealtimeClock } from '../../realtime/index.js'
import { ProviderFailure } from '../provider/provider-failure.js'
import { redact } from '../redaction/redact.js'
import type { Hit } from '../retrieval-js/retriever.js'
import type { UsageMeter } from '../writing/usage-meter.js'
import { embedMetered } from './embed-metered.js'
import type { EmbeddingProvider } from './embedding-provider.js'

/** So long whoever asks waits, in milliseconds; then the words alone say what is found. */
const LONGEST_WAIT_MS = 1_500
/** Characters of a question that are embedded. */
const MOST_CHARACTERS = 2_000

/** A passage that means about what was asked. */
export type NearPassage = Hit & { cosine: number }

/** Finds passages of one widget by what they mean. */
export interface MeaningSearch {
  /** From this cosine on a passage may be suggested that has none of the question's words; null: never. */
  readonly atLeast: number | null
  /**
   * The nearest passages, one a document, the nearest first. Null: it could not be said in time, within the budget or at all. It
   * never throws.
   */
  near(question: string, most: number): Promise<NearPassage[] | null>
}

/** Whose knowledge is searched, and in which conversation it is asked. */
export interface MeaningScope {
  organizationId: string
  widgetId: string
  conversationId: string
}

/** What searches need. */
export interface MeaningSearchContext {
  database: Database
  provider: EmbeddingProvider
  meter: UsageMeter
  /** In milliseconds. */
  now: () => number
  timers: Pick<RealtimeClock, 'setTimeout'>
  logger: Logger
  /** See `MeaningSearch`. */
  atLeast: number | null
}

/** Searches by meaning, in whichever widget. */
export interface MeaningSearches {
  of(scope: MeaningScope): MeaningSearch
  /** Resolves when nothing is under way, which may be longer than anybody has waited. */
  idle(): Promise<void>
}

/** One for a process: it keeps in memory what was read. */
export function createMeaningSearches(context: MeaningSearchContext): MeaningSearches {
  const { database, provider, timers, logger } = context
  const cache = createVectorCache({ database, model: provider.model })
  const underWay = new Set<Promise<unknown>>()

  const find = async (scope: MeaningScope, question: string, most: number, signal: AbortSignal) => {
    if (provider.state !== 'ready') return null
    // First, since it costs nothing: where there is nothing to compare with, nobody is asked.
    const vectors = await cache.vectorsOf(scope)
    if (vectors === null) logger.warn({ widgetId: scope.widgetId }, 'the vectors of a widget do not fit in memory')
    if (!vectors || vectors.size === 0 || signal.aborted) return null
    // In this order: of half a number nobody could tell that it is one.
    const text = cutText(redact(question).text, MOST_CHARACTERS)
    if (text === '') return null
    const { organizationId, conversationId } = scope
    const embedded = await embedMetered(context, [text], {
      ...{ organizationId, conversationId, signal, withinMs: LONGEST_WAIT_MS },
    })
    const [asked] = embedded.kind === 'vectors' ? embedded.vectors : []
    if (!asked || signal.aborted) return null
    const hits = await readNearHits(database, scope, await nearest(vectors.values(), asked, most))
    return hits.map(({ documentId, cosine, ...hit }) => ({ docId: documentId, ...hit, score: cosine, cosine }))
  }

  return {
    of: (scope) => ({
      atLeast: context.atLeast,
      async near(question, most) {
        const late = new AbortController()
        const found: Promise<NearPassage[] | null> = find(scope, question, most, late.signal).catch((error) => {
          logger.warn({ err: error, conversationId: scope.conversationId }, 'nothing could be found by its meaning')
          return null
        })
        const work = found.finally(() => underWay.delete(work))
        underWay.add(work)
        let cancel = () => {}
        const passed = new Promise<null>((resolve) => {
          cancel = timers.setTimeout(() => {
            // A server that keeps visitors waiting is left alone after a while, like one that fails.
            late.abort(new ProviderFailure('total_timeout'))
            resolve(null)
          }, LONGEST_WAIT_MS)
        })
        return Promise.race([found, passed]).finally(() => cancel())
      },
    }),
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay)
      await cache.idle()
    },
  }
}
