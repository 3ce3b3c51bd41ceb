import type { MoreEventData, ShortEventData } from './event-data.js'

/** Events that need no file of their own. */
export const SHORT_EVENTS = [
  'ready',
  'open',
  'close',
  'message',
  'unread',
  'track',
] as const satisfies (keyof ShortEventData)[]

/** Every other one. */
export const MORE_EVENTS = [
  'error',
  'show',
  'hide',
  'expand',
  'connection',
  'availability',
  'conversation:started',
  'conversation:opened',
  'conversation:status',
  'conversation:assigned',
  'conversation:ended',
  'conversation:rated',
  'message:sending',
  'message:sent',
  'message:failed',
  'message:received',
  'message:read',
  'typing',
  'agent:joined',
  'agent:left',
  'attachment:progress',
  'attachment:done',
  'attachment:rejected',
  'identity:changed',
  'identity:rejected',
  'identity:expired',
  'proactive:shown',
  'proactive:clicked',
  'proactive:dismissed',
  'consent',
  'ratelimited',
  'blocked',
] as const satisfies (keyof MoreEventData)[]
