import * as z from 'zod'
import type { Finish } from './answer-provider.js'

/** What is taken from one chunk of a stream; everything else in it is not looked at. */
export interface ChunkParts {
  text: string
  refused: boolean
  /** The stream has said why it ends; null: it has not. */
  finish: Finish | null
  usage: { promptTokens: number; completionTokens: number } | null
  /** The server says in the stream that it has failed. */
  failed: boolean
}

// Servers disagree about every field, and send null, nothing or something else: what is not as expected counts as absent.
const said = z.string().catch('')
const message = z.object({ content: said, refusal: said }).catch({ content: '', refusal: '' })
const count = z.int().min(0).max(10_000_000)
const chunk = z.object({
  choices: z
    .array(
      z.object({ delta: message.optional(), message: message.optional(), finish_reason: said }).catch({
        finish_reason: '',
      }),
    )
    .catch([]),
  usage: z.object({ prompt_tokens: count, completion_tokens: count }).nullable().catch(null),
  object: said,
})

/** Reads a chunk, or a whole completion of a server that does not stream. Whatever it is, this is an answer, never an exception. */
export function readChunk(value: unknown): ChunkParts {
  const parsed = chunk.safeParse(value)
  if (!parsed.success) return { text: '', refused: false, finish: null, usage: null, failed: false }
  const { choices, usage, object } = parsed.data
  const choice = choices[0]
  const words = choice?.delta ?? choice?.message
  return {
    text: words?.content ?? '',
    refused: Boolean(words?.refusal),
    finish: choice?.finish_reason ? finishOf(choice.finish_reason) : null,
    usage: usage && { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens },
    failed: object === 'error',
  }
}

function finishOf(reason: string): Finish {
  return reason === 'length' || reason === 'content_filter' ? reason : 'stop'
}
