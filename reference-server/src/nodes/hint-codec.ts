import { createHmac, timingSafeEqual } from 'node:crypto'
import { serverId } from '@chatdesk/protocol/schemas'
import * as z from 'zod'
import type { Hint } from './hint.js'

/** Hints in one text. */
export const HINTS_A_TEXT = 100
/** Characters of a text; more is not even parsed. */
const TEXT_LENGTH = 400_000

/** Characters of a draft that are shown while it is written; the message has all. */
export const LONGEST_DRAFT = 3_000

const where = { organizationId: serverId, conversationId: serverId }
const envelope = z.object({
  node: z.string().max(64),
  hints: z
    .array(
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('conversation.changed'), ...where }),
        z.object({ type: z.literal('widget.changed'), organizationId: serverId, widgetId: serverId }),
        z.object({
          type: z.literal('typing.changed'),
          ...where,
          author: z.object({
            kind: z.enum(['visitor', 'agent', 'assistant']),
            id: serverId,
            name: z.string().max(200),
          }),
          active: z.boolean(),
          draft: z.object({ afterSeq: z.int(), text: z.string().max(LONGEST_DRAFT) }).optional(),
        }),
      ]),
    )
    .max(HINTS_A_TEXT),
})

/** Hints as text. */
export interface HintCodec {
  encode(hints: readonly Hint[]): string
  /** What the others say; nothing of one's own. `undefined`: it does not fit, or is not signed as it must be. */
  decode(text: string): readonly Hint[] | undefined
}

/** `node` names this node among the others. With a `secret`, texts are signed, and those that are not are refused; without one, drafts stay here. */
export function createHintCodec({ node, secret }: { node: string; secret?: string | undefined }): HintCodec {
  const sign = (json: string, key: string) => createHmac('sha256', key).update(json).digest('base64url')
  const unsigned = (text: string): string | undefined => {
    if (secret === undefined) return text
    const end = text.indexOf(' ')
    const json = text.slice(end + 1)
    const given = Buffer.from(text.slice(0, Math.max(end, 0)))
    const right = Buffer.from(sign(json, secret))
    return given.length === right.length && timingSafeEqual(given, right) ? json : undefined
  }
  return {
    encode(hints) {
      // Whoever can read Redis reads no words, and nobody would believe them.
      if (secret === undefined) return JSON.stringify({ node, hints: hints.map(withoutDraft) })
      const json = JSON.stringify({ node, hints })
      return `${sign(json, secret)} ${json}`
    },
    decode(text) {
      const json = text.length > TEXT_LENGTH ? undefined : unsigned(text)
      const parsed = json === undefined ? undefined : envelope.safeParse(parseJson(json))
      if (!parsed?.success) return undefined
      if (parsed.data.node === node) return []
      // Threat 44: whoever can write to Redis has no words shown to a visitor.
      return secret === undefined ? parsed.data.hints.map(withoutDraft) : parsed.data.hints
    },
  }
}

function withoutDraft(hint: Hint): Hint {
  if (hint.type !== 'typing.changed') return hint
  const { draft: _, ...rest } = hint
  return rest
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
