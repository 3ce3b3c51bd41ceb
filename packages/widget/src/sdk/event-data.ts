import type { ConnectionState, ConversationInfo, MessageView } from '@chatdesk/core'
import type { Author, ChatError, ConversationRating, ConversationStatus } from '@chatdesk/protocol'

/** What these six tell, and give to a listener as it is. They are there without another file. */
export interface ShortEventData {
  /** The launcher stands. Who listens later hears it at once. */
  ready: undefined
  open: undefined
  close: undefined
  /** A message of the other side arrived live, or one's own was confirmed. */
  message: MessageView
  unread: { count: number }
  /** The page has tracked something, and nothing of its own has stopped it. */
  track: { name: string }
}

/** A message of the visitor's conversation. */
interface OfMessage {
  message: MessageView
}

/** What all others tell: the `data` of a `ChatDeskEvent`. */
export interface MoreEventData {
  /** Refused for good, or a broken contract. */
  error: { code: ChatError['code']; message: string; retryable: boolean }
  show: undefined
  hide: undefined
  expand: { expanded: boolean }
  /** The conversation stands in a window of its own. */
  popout: undefined
  connection: { status: ConnectionState['status']; transport?: string; code?: ChatError['code'] }
  /** `open`: within the team's hours. `online`: somebody of the team is there. */
  availability: { open: boolean; online: boolean }
  'conversation:started': { conversation: ConversationInfo }
  /** Another one is shown, or the one of an earlier page. */
  'conversation:opened': { conversation: ConversationInfo }
  'conversation:status': { status: ConversationStatus; before: ConversationStatus }
  /** Null: nobody any more. */
  'conversation:assigned': { agent: Author | null }
  'conversation:ended': { conversation: ConversationInfo }
  'conversation:rated': ConversationRating
  /** Taken by the outbox, not yet confirmed. */
  'message:sending': OfMessage
  'message:sent': OfMessage
  'message:failed': OfMessage
  'message:received': OfMessage
  /** The team has seen one's own. */
  'message:read': OfMessage
  typing: { authors: readonly Author[] }
  'agent:joined': { agent: Author }
  'agent:left': { agent: Author }
  /** By the ids of what was asked. Answered is told before the server has them. */
  'form:submitted': { form: 'preChat' | 'offline'; answers: Readonly<Record<string, string | boolean>> }
  'attachment:progress': { name: string; sentBytes: number; totalBytes: number }
  'attachment:done': { name: string; fileId: string }
  'attachment:rejected': { name: string; code: string }
  'identity:changed': { verified: boolean }
  'identity:rejected': { code: ChatError['code']; field: string | undefined }
  /** The proof of who was signed in holds no longer. */
  'identity:expired': { code: ChatError['code']; field: string | undefined }
  /** A rule of the widget's owner has spoken first, was pressed, was waved away. */
  'proactive:shown': { ruleId: string }
  'proactive:clicked': { ruleId: string }
  'proactive:dismissed': { ruleId: string }
  /** Of tabs that share a conversation: whether this one holds the connection of all. */
  'tab:leader': { leader: boolean }
  consent: { storage: 'granted' | 'denied' }
  ratelimited: { retryAfterMs: number | undefined }
  /** `domain`: the page's origin is not on the widget's list. `policy`: its Content-Security-Policy forbids something. */
  blocked: { reason: 'domain' } | { reason: 'policy'; directive: string }
}

/** Everything that a widget tells, by its type. */
export type EventData = ShortEventData & MoreEventData

/** Names one kind of event. */
export type EventType = keyof EventData

/** An event as all but the six short ones are told, and as `*` is told of all. */
export interface ChatDeskEvent<Type extends EventType = EventType> {
  id: string
  type: Type
  /** ISO 8601. */
  at: string
  /** Empty before there is a session. */
  tabId: string
  conversationId?: string
  data: EventData[Type]
}

/** Any of them, told apart by `type`. */
export type AnyEvent = { [Type in EventType]: ChatDeskEvent<Type> }[EventType]

/** What a listener is given. */
export type WidgetEventMap = ShortEventData & { [Type in keyof MoreEventData]: ChatDeskEvent<Type> } & { '*': AnyEvent }
