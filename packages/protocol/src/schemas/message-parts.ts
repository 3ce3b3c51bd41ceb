import * as z from 'zod/mini'
import { LIMITS } from '../limits.js'
import { serverId } from './server-id.js'
import { lineOf, messageText } from './text.js'
import { webUrl } from './web-url.js'

/** Names a choice within its message. */
const choiceId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/))
/** A picture of the server's own: a path on it, so that no stranger learns who reads (threat 64). */
const ownPath = z.string().check(z.maxLength(512), z.regex(/^\/(?!\/)[\w\-./~%?=&]*$/))

/** The parts of a message: what each is made of, with texts of this kind. Each says in `text` what it says in words (X7). */
function partsOf<Text extends z.ZodMiniType<string>, Line extends z.ZodMiniType<string>>(text: Text, line: Line) {
  const choice = z.object({ id: choiceId, text: line })
  return {
    text: z.object({
      type: z.literal('text'),
      text,
      /** Which choice its author has pressed, as their client says (X9). */
      choiceId: z.optional(choiceId),
    }),
    choices: z.object({
      type: z.literal('choices'),
      text,
      choices: z.array(choice).check(z.minLength(1), z.maxLength(LIMITS.choices)),
    }),
    card: z.object({
      type: z.literal('card'),
      title: line,
      text,
      imagePath: z.optional(ownPath),
      buttons: z.optional(
        z.array(z.union([z.object({ text: line, url: webUrl }), choice])).check(z.maxLength(LIMITS.cardButtons)),
      ),
    }),
  }
}

const stored = partsOf(z.string(), z.string())
const submitted = partsOf(messageText, lineOf(LIMITS.lineLength))

/** A file as it stands in a message; in words, its name. The server says all of it, from the file itself (U4). */
export const filePart = z.object({
  type: z.literal('file'),
  text: z.string(),
  fileId: serverId,
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int(),
  /** In pixels, like `height`: of images. */
  width: z.optional(z.int()),
  height: z.optional(z.int()),
})

/** Where a payment stands, for whoever is to pay (M1). Only the server says so, and only once it has asked the provider itself. */
export const paymentStatus = z.enum([
  /** It can be paid; tries may have failed. */
  'awaiting_payment',
  /** Something has been paid, and it is being checked: neither paid nor failed. */
  'verifying',
  'paid',
  'partially_paid',
  'expired',
  'cancelled',
  'refunded',
  'partially_refunded',
])

/** How a payment stands, as a message tells it: the newest `version` of an intent is what counts (M1). Amounts in the smallest unit. */
export const paymentPart = z.object({
  type: z.literal('payment'),
  text: z.string(),
  intentId: serverId,
  version: z.int(),
  purpose: z.string(),
  amountMinor: z.int(),
  /** ISO 4217. */
  currency: z.string(),
  status: paymentStatus,
  /** What has come in, and what of it has gone back. */
  paidMinor: z.int(),
  refundedMinor: z.int(),
  /** Tries that have come to nothing. */
  failures: z.int(),
  expiresAt: z.optional(z.string()),
  /** Once it was paid: its number, and where it is read, from the server's mount point on. */
  receipt: z.optional(z.object({ number: z.int(), path: z.string() })),
})

/** A part of a message as it is stored and shown. */
export const messagePart = z.discriminatedUnion('type', [
  stored.text,
  stored.choices,
  stored.card,
  filePart,
  paymentPart,
])

/** A part of a message as a client submits it: cleaned and bounded; a file is named by its id (U5). */
export const submittedPart = z.discriminatedUnion('type', [
  submitted.text,
  submitted.choices,
  submitted.card,
  z.object({ type: z.literal('file'), fileId: serverId }),
])

/** The parts of one submitted message. */
export const submittedParts = z.array(submittedPart).check(z.minLength(1), z.maxLength(LIMITS.parts))
