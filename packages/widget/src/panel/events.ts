/** Events beyond the six that the panel tells by itself: fetched when somebody listens to one. */
import type { ChatClient } from '@chatdesk/core'
import type { WidgetEvents } from '../launcher/widget-events.js'
import type { AnyEvent, EventData, EventType } from '../sdk/event-data.js'
import { SHORT_EVENTS } from '../sdk/event-types.js'
import { tellOfConnection } from './events/tell-of-connection.js'
import { tellOfConversation } from './events/tell-of-conversation.js'
import { tellOfMessages } from './events/tell-of-messages.js'
import type { PanelModel } from './panel-model.js'

/** Whose events are told by these listeners: one widget may follow another. */
const speakers = new WeakMap<WidgetEvents, ChatClient>()
const told = new WeakSet<ChatClient>()

/**
 * Tells of everything from now on. How things stand is told at once: that the launcher is there, the panel open, where the
 * connection is, what is on its way.
 */
export function tellMore(panel: PanelModel): void {
  const { client, events, open } = panel
  if (told.has(client)) return
  told.add(client)
  if (!speakers.has(events)) tellRecords(events)
  speakers.set(events, client)
  for (const type of open ? (['ready', 'open'] as const) : (['ready'] as const))
    events.emit('*', recordOf(client, type, undefined))
  tellOfConnection(panel)
  tellOfConversation(panel)
  tellOfMessages(panel)
}

/** From here on, whatever is emitted reaches `*` as well, and all but the short ones are records. */
function tellRecords(events: WidgetEvents): void {
  const emit = events.emit as (type: string, event: unknown) => void
  events.emit = (type: EventType | '*', data?: unknown) => {
    if (type === '*') return emit('*', data)
    const record = recordOf(speakers.get(events) as ChatClient, type, data as EventData[typeof type])
    emit(type, (SHORT_EVENTS as readonly string[]).includes(type) ? data : record)
    emit('*', record)
  }
}

function recordOf<Type extends EventType>(client: ChatClient, type: Type, data: EventData[Type]): AnyEvent {
  const { link, session } = client.port
  const { id: conversationId } = client.$conversation.get()
  const record = {
    id: link.generateId(),
    type,
    at: new Date(link.clock.now()).toISOString(),
    tabId: session.tabId ?? '',
    ...(conversationId === null ? {} : { conversationId }),
    data,
  }
  return record as AnyEvent
}
