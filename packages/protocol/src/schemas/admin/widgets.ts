import * as z from 'zod/mini'
import { assistantPolicy } from '../assistant-policy.js'
import { serverId, timestamp } from '../entities.js'
import { followUp } from '../follow-up.js'
import { lineOf } from '../text.js'
import { businessHours, configurableSettings } from '../widget-settings.js'

const name = lineOf(100)
/** `https://shop.example`, or `https://*.shop.example` for every subdomain; checked by the server, which keeps it as browsers send it. */
const allowedOrigins = z.array(z.string().check(z.minLength(1), z.maxLength(300))).check(z.maxLength(100))
const partialSettings = z.partial(configurableSettings)

/** `POST /api/chat-widget/widgets`. */
export const createWidgetRequest = z.strictObject({
  name,
  allowedOrigins: z.optional(allowedOrigins),
  settings: z.optional(partialSettings),
})

/** `PATCH /api/chat-widget/widgets/:id`: what is absent stays. */
export const updateWidgetRequest = z.strictObject({
  name: z.optional(name),
  enabled: z.optional(z.boolean()),
  allowedOrigins: z.optional(allowedOrigins),
  allowMissingOrigin: z.optional(z.boolean()),
  followUp: z.optional(z.nullable(followUp)),
  mailReplies: z.optional(z.boolean()),
  assistant: z.optional(z.boolean()),
  assistantPolicy: z.optional(assistantPolicy),
  settings: z.optional(partialSettings),
})

/**
 * Settings as they are told: a page that is older than its server reads past what it does not know, and a browser need not
 * know every time zone that the server does.
 */
const toldSettings = z.object({
  ...configurableSettings.shape,
  businessHours: z.nullable(z.extend(businessHours, { timeZone: z.string() })),
})

/** A widget as its organization sees it. */
export const widget = z.object({
  id: serverId,
  key: z.string(),
  /** The key before the last change of it still works until then. */
  previousKeyUntil: z.nullable(timestamp),
  name: z.string(),
  enabled: z.boolean(),
  allowedOrigins: z.array(z.string()),
  allowMissingOrigin: z.boolean(),
  followUp: z.nullable(followUp),
  /** Whether visitors who have left are mailed what the team writes to them, at the address that is known of them. */
  mailReplies: z.boolean(),
  /** Whether the assistant answers before the team does. */
  assistant: z.boolean(),
  /** When it answers, and when it hands over. */
  assistantPolicy,
  createdAt: timestamp,
  createdBy: z.nullable(z.object({ id: serverId, name: z.string() })),
  updatedAt: timestamp,
  settings: toldSettings,
})

/** Answers of `GET /api/chat-widget/widgets`, and of what reads or changes one. */
export const listWidgetsResponse = z.object({ widgets: z.array(widget) })
export const widgetResponse = z.object({ widget })

/** A site on which a widget was seen. */
export const installation = z.object({
  domain: z.string(),
  firstSeenAt: timestamp,
  lastSeenAt: timestamp,
  /** Of the widget's code. */
  version: z.nullable(z.string()),
  /** The widget does not let it in. */
  refused: z.boolean(),
  /** How often it asked, to the minute. */
  visits: z.int(),
})

/** Answer of `GET /api/chat-widget/widgets/:id/installations`, the last seen first. */
export const listInstallationsResponse = z.object({ installations: z.array(installation) })
