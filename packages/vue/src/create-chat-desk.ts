import type { ChatClient } from '@chatdesk/core'
import { createWidgetSlot, type WidgetSlot } from '@chatdesk/widget'
import { type App, type InjectionKey, inject } from 'vue'

const SLOT: InjectionKey<WidgetSlot> = Symbol('chatdesk')

/** A plugin for `app.use`. */
export interface ChatDesk {
  install(app: App): void
}

/**
 * Lets a whole app speak with one chat: that of its `ChatDeskWidget`, or of a client of one's own. On a server, make one
 * for each request.
 *
 * @param options.client the client of a chat of one's own. Its maker starts and ends it.
 */
export function createChatDesk({ client }: { client?: ChatClient } = {}): ChatDesk {
  return { install: (app) => void app.provide(SLOT, createWidgetSlot(client)) }
}

/** The chat that the app's plugin lends. */
export function useSlot(): WidgetSlot {
  const slot = inject(SLOT, undefined)
  if (!slot) throw new Error('[chatdesk] the app does not use createChatDesk()')
  return slot
}
