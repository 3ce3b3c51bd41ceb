import type { Database } from '../../database/index.js'
import { forgetOtherModels, keepVectors, postponeVectors, type TakenChunk, takeChunks } from '../../knowledge/index.js'
import { cutText } from '../../platform/cut-text.js'
import type { Logger } from '../../platform/logger.js'
import { redact } from '../redaction/redact.js'
import type { UsageMeter } from '../writing/usage-meter.js'
import { embedMetered } from './embed-metered.js'
import type { EmbeddingProvider } from './embedding-provider.js'

/** Texts of one request. */
const BATCH = 64
/** Characters of a text that are embedded: about what models read of one. */
const MOST_CHARACTERS = 4_000
/** How long a request may take, in milliseconds. */
const WITHIN_MS = 30_000
/** Of an organization's day, what its entries may use up: visitors' questions have the rest. */
const SHARE_OF_DAY = 0.5
/** Before the second attempt, in milliseconds; each time twice as long, up to six hours. */
const PAUSE_MS = 10_000
const LONGEST_PAUSE_MS = 6 * 3_600_000
const DAY_MS = 24 * 3_600_000
/** How often it is looked for what other models have left. */
const FORGET_MS = 3_600_000

/** What the sweep needs. */
export interface EmbedKnowledgeContext {
  database: Database
  provider: EmbeddingProvider
  meter: UsageMeter
  clock: () => Date
  logger: Logger
}

/** Makes vectors of what was published, of any widget that has the assistant. */
export interface KnowledgeEmbedding {
  /** Goes on until nothing is left, or something fails, which is tried again by a later look. Rejects never. */
  sweep(): Promise<void>
  /** Ends; resolves when nothing is under way. */
  close(): Promise<void>
}

/** One for a process; several on one database share the work. */
export function createKnowledgeEmbedding(context: EmbedKnowledgeContext): KnowledgeEmbedding {
  const { database, provider, clock, logger } = context
  const metered = { ...context, now: () => clock().getTime() }
  const closing = new AbortController()
  let forgetAt = 0
  let sweeping: Promise<void> | undefined

  /** Whether all went well. */
  const embed = async (organizationId: string, chunks: readonly TakenChunk[]): Promise<boolean> => {
    const texts = chunks.map(({ text }) => cutText(redact(text).text, MOST_CHARACTERS))
    const embedded = await embedMetered(metered, texts, {
      ...{
        organizationId,
        conversationId: null,
        shareOfDay: SHARE_OF_DAY,
        signal: closing.signal,
        withinMs: WITHIN_MS,
      },
    })
    if (embedded.kind === 'vectors') {
      const made = chunks.map(({ id }, index) => ({ id, vector: embedded.vectors[index] as Float32Array }))
      await keepVectors(database, organizationId, made)
      return true
    }
    // One text that a server does not take keeps back no other.
    if (embedded.kind === 'failed' && embedded.code === 'rejected' && chunks.length > 1) {
      const half = Math.ceil(chunks.length / 2)
      const first = await embed(organizationId, chunks.slice(0, half))
      return (await embed(organizationId, chunks.slice(half))) && first
    }
    const counts = embedded.kind === 'failed' && embedded.code !== 'aborted' && embedded.code !== 'breaker_open'
    const ids = chunks.map(({ id }) => id)
    const isSpent = embedded.kind === 'refused' && embedded.because === 'budget_spent'
    const until = isSpent ? nextDay(clock()) : afterPause(clock(), chunks)
    await postponeVectors(database, organizationId, ids, { until, counts })
    logger.warn(
      { organizationId, because: embedded.kind === 'failed' ? embedded.code : embedded.because, chunks: chunks.length },
      'vectors of knowledge could not be made',
    )
    return false
  }

  const look = async () => {
    const wanted = () => ({ model: provider.model, now: clock() })
    try {
      if (clock().getTime() >= forgetAt) {
        await forgetOtherModels(database, wanted())
        forgetAt = clock().getTime() + FORGET_MS
      }
      let isWell = true
      while (isWell && !closing.signal.aborted && provider.state === 'ready') {
        const taken = await takeChunks(database, wanted())
        if (taken.length === 0) return
        for (const [organizationId, chunks] of batchesOf(taken))
          isWell = (await embed(organizationId, chunks)) && isWell
      }
    } catch (error) {
      // What was taken is free again when its lease has ended.
      logger.warn({ err: error }, 'what is to be embedded could not be read or kept')
    }
  }

  return {
    sweep() {
      if (closing.signal.aborted) return Promise.resolve()
      sweeping ??= look().finally(() => {
        sweeping = undefined
      })
      return sweeping
    },
    async close() {
      closing.abort()
      await sweeping
    },
  }
}

/** Of one organization each, whose budget it is. */
function batchesOf(chunks: readonly TakenChunk[]): [string, TakenChunk[]][] {
  const batches: [string, TakenChunk[]][] = []
  for (const chunk of chunks) {
    const last = batches.at(-1)
    if (last && last[0] === chunk.organizationId && last[1].length < BATCH) last[1].push(chunk)
    else batches.push([chunk.organizationId, [chunk]])
  }
  return batches
}

function afterPause(now: Date, chunks: readonly TakenChunk[]): Date {
  const failed = Math.max(...chunks.map(({ attempts }) => attempts))
  return new Date(now.getTime() + Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** failed))
}

/** By UTC, as budgets are. */
function nextDay(now: Date): Date {
  return new Date((Math.floor(now.getTime() / DAY_MS) + 1) * DAY_MS)
}
