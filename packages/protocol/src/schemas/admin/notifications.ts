import * as z from 'zod/mini'
import { quietHours } from '../follow-up.js'

/** What a member wants to hear of, and how. */
export const notificationSettings = z.strictObject({
  /** A conversation that waits for somebody: any, those that are given to oneself, or none. */
  newConversation: z.enum(['all', 'mine', 'none']),
  /** A visitor's message in a conversation of one's own. */
  newMessage: z.enum(['mine', 'none']),
  /** A note that names one. */
  mention: z.boolean(),
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
  /** Neither sound, browser nor push meanwhile. */
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
  sound: true,
  browser: false,
  push: false,
  email: { missed: false, mentioned: false, assigned: false },
} as const satisfies z.output<typeof notificationSettings>
