import * as z from 'zod/mini'
import { serverId } from '../entities.js'
import { quietHours } from '../follow-up.js'
import { pushPayload, pushSubscription } from '../visitor-rest.js'

/** What a member wants to hear of, and how. */
export const notificationSettings = z.strictObject({
  /** A conversation that waits for somebody: any, those that are given to oneself, or none. */
  newConversation: z.enum(['all', 'mine', 'none']),
  /** A visitor's message in a conversation of one's own. */
  newMessage: z.enum(['mine', 'none']),
  /** A note that names one. */
  mention: z.boolean(),
  /** A conversation that the assistant hands over at once: in the console, by push and by e-mail, whenever it is (B17). */
  urgent: z.boolean(),
  sound: z.boolean(),
  /** In the browser, while the console is open and somewhere else is looked at. */
  browser: z.boolean(),
  /** By Web Push, in the browsers that were asked for, while no console is open. */
  push: z.boolean(),
  email: z.strictObject({
    /** A conversation waited too long. */
    missed: z.boolean(),
    mentioned: z.boolean(),
    assigned: z.boolean(),
  }),
  /** Neither sound, browser nor push meanwhile, but for what is urgent. */
  quietHours: z.optional(quietHours),
})

/** Answer of `GET /api/chat-widget/notifications`, and body of `PUT`: one's own. */
export const notificationsResponse = z.object({
  notifications: notificationSettings,
  /** What browsers subscribe with; null: this server pushes nothing. */
  pushKey: z.nullable(z.string()),
  /** Whether this server sends mail. */
  sendsMail: z.boolean(),
})

/** What counts for a member who has said nothing. */
export const DEFAULT_NOTIFICATIONS = {
  newConversation: 'all',
  newMessage: 'mine',
  mention: true,
  urgent: true,
  sound: true,
  browser: false,
  push: false,
  email: { missed: false, mentioned: false, assigned: false },
} as const satisfies z.output<typeof notificationSettings>

/** `PUT /api/chat-widget/notifications/browser`: where this browser takes notifications; they end with the sign-in. */
export const memberPushSubscription = z.omit(pushSubscription, { label: true })

/** `DELETE /api/chat-widget/notifications/browser`. */
export const endMemberPushRequest = z.pick(pushSubscription, { endpoint: true })

/** What is pushed to a member's browser, which opens the conversation (A5). */
export const memberPushPayload = z.extend(pushPayload, { conversationId: serverId })

const minutes = z.int().check(z.minimum(1), z.maximum(1_440))

/** How long it takes until an organization mails, in minutes. */
export const mailSettings = z.strictObject({
  /** A visitor has waited, and nobody has answered (A3). */
  missedAfterMinutes: minutes,
  /** A visitor who has left has not read what the team wrote (A4). */
  replyAfterMinutes: minutes,
})

/** `PATCH /api/chat-widget/mail-settings`: what is absent stays. */
export const updateMailSettingsRequest = z.partial(mailSettings)

/** Answer of `GET` and `PATCH /api/chat-widget/mail-settings`. */
export const mailSettingsResponse = z.object({ mailSettings })
