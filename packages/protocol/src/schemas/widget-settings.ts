import * as z from 'zod/mini'
import { LIMITS } from '../limits.js'
import { serverId, slug, tabMode, timestamp } from './entities.js'
import { lineOf, wordsOf } from './text.js'
import { timeOfDay, timeZone } from './time.js'

const label = lineOf(100)
const day = z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be YYYY-MM-DD'))

/** The end of a span of hours: midnight may be said as 24:00. */
const endOfSpan = z.union([timeOfDay, z.literal('24:00')])
const isForward = { path: ['to'], error: 'must be later than from' }

/**
 * When the team is there, by the clock of `timeZone`: spans of each weekday (1 Monday to 7 Sunday), and days that are
 * different: closed all day, or open in a span of their own.
 */
export const businessHours = z.strictObject({
  timeZone,
  week: z
    .array(
      z
        .strictObject({ day: z.int().check(z.minimum(1), z.maximum(7)), from: timeOfDay, to: endOfSpan })
        .check(z.refine(({ from, to }) => from < to, isForward)),
    )
    .check(z.maxLength(28)),
  exceptions: z
    .array(
      z.strictObject({ date: day, from: z.optional(timeOfDay), to: z.optional(endOfSpan) }).check(
        z.refine(({ from, to }) => (from === undefined) === (to === undefined), {
          path: ['to'],
          error: 'needs from, and from needs it',
        }),
        z.refine(({ from, to }) => from === undefined || to === undefined || from < to, isForward),
      ),
    )
    .check(z.maxLength(100)),
})

/** What a visitor is asked before the conversation. */
export const preChatForm = z.strictObject({
  fields: z
    .array(
      z
        .strictObject({
          id: slug,
          label,
          type: z.enum(['text', 'email', 'phone', 'select', 'textarea', 'checkbox']),
          required: z.boolean(),
          options: z.optional(z.array(label).check(z.minLength(1), z.maxLength(30))),
        })
        .check(
          z.refine(({ type, options }) => (type === 'select') === (options !== undefined), {
            path: ['options'],
            error: 'belongs to a select, and a select needs it',
          }),
        ),
    )
    .check(
      z.maxLength(12),
      z.refine((fields) => new Set(fields.map(({ id }) => id)).size === fields.length, 'two fields have the same id'),
    ),
  consent: z.nullable(z.strictObject({ text: wordsOf(500, 1), required: z.boolean() })),
})

/** When a widget speaks first: all that is said in `when` must hold. */
export const proactiveRule = z.strictObject({
  id: slug,
  when: z.strictObject({
    /** Part of the page's address; `*` stands for anything. */
    url: z.optional(lineOf(200)),
    secondsOnPage: z.optional(z.int().check(z.minimum(0), z.maximum(3600))),
    scrollPercent: z.optional(z.int().check(z.minimum(0), z.maximum(100))),
    /** Whether the visitor has been here before. */
    returning: z.optional(z.boolean()),
    /** The pointer leaves for what lies above the page: tabs, the address, the cross. */
    exitIntent: z.optional(z.boolean()),
    /** The page has tracked something of this name since it was loaded. */
    event: z.optional(lineOf(100)),
    /** Also outside the business hours, when nobody may be there to answer; else only within them. */
    outOfHours: z.optional(z.boolean()),
  }),
  message: wordsOf(500, 1),
})

/** Kinds of files: `office` are documents of office programs, without macros. */
export const fileKind = z.enum(['image', 'pdf', 'text', 'office', 'audio', 'video'])

/** Which files a widget's visitors may send, and how large (U1). */
export const attachments = z.strictObject({
  kinds: z.array(fileKind).check(
    z.minLength(1),
    z.maxLength(fileKind.options.length),
    z.refine((kinds) => new Set(kinds).size === kinds.length, 'one is named twice'),
  ),
  maxBytes: z.int().check(z.minimum(1024), z.maximum(LIMITS.fileBytes)),
})

/** What its organization says of a widget, and every page that shows it may read. */
export const configurableSettings = z.strictObject({
  primaryColor: z.string().check(z.regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #2f5bea')),
  position: z.enum(['bottom-right', 'bottom-left']),
  bubbleIcon: z.enum(['chat', 'question', 'wave', 'headset']),
  greeting: wordsOf(500),
  autoOpen: z.boolean(),
  autoOpenDelaySeconds: z.int().check(z.minimum(0), z.maximum(600)),
  showAgentAvatars: z.boolean(),
  showTypingIndicator: z.boolean(),
  tabs: tabMode,
  /** Whether a notification shows what was said: somebody else may see the screen. */
  notificationWords: z.boolean(),
  /** Said while the team is away; empty: what the widget says by itself, in its visitor's language. */
  offlineMessage: wordsOf(500),
  /** How soon an answer usually comes, in the team's words. */
  expectedReply: wordsOf(100),
  /** Null: always there. */
  businessHours: z.nullable(businessHours),
  preChatForm: z.nullable(preChatForm),
  /** Which the visitor may choose from, in this order. */
  departmentIds: z.array(serverId).check(
    z.maxLength(50),
    z.refine((ids) => new Set(ids).size === ids.length, 'one is named twice'),
  ),
  proactiveRules: z.array(proactiveRule).check(z.maxLength(20)),
  /** Null: none. */
  attachments: z.nullable(attachments),
})

/** What a new widget is like. */
export const DEFAULT_WIDGET_SETTINGS: z.output<typeof configurableSettings> = {
  primaryColor: '#2f5bea',
  position: 'bottom-right',
  bubbleIcon: 'chat',
  greeting: '',
  autoOpen: false,
  autoOpenDelaySeconds: 5,
  showAgentAvatars: true,
  showTypingIndicator: true,
  tabs: 'isolated',
  notificationWords: false,
  offlineMessage: '',
  expectedReply: '',
  businessHours: null,
  preChatForm: null,
  departmentIds: [],
  proactiveRules: [],
  attachments: { kinds: ['image', 'pdf', 'text', 'office'], maxBytes: 10 * 1024 * 1024 },
}

/** What a page needs to draw a widget. Public. */
export const widgetSettings = z.object({
  key: z.string(),
  /** Name of the team as a visitor reads it. */
  name: z.string(),
  ...z.partial(configurableSettings).shape,
  primaryColor: configurableSettings.shape.primaryColor,
  position: configurableSettings.shape.position,
  greeting: z.string(),
  tabs: tabMode,
  /** Whether the team is there by its hours, and until when this holds; null: always. */
  open: z.optional(z.boolean()),
  nextChangeAt: z.optional(z.nullable(timestamp)),
  /** Whether this server sends transcripts by mail (C14); absent: nobody knows. */
  transcriptMail: z.optional(z.boolean()),
  /** Whether its visitors find something to read in the help; absent: nobody knows. */
  help: z.optional(z.boolean()),
  /** Whether its visitors may be asked to pay something; absent: nobody knows. */
  payments: z.optional(z.boolean()),
  /** Another one whenever what its owner says is another (G1). */
  version: z.optional(z.string()),
})
