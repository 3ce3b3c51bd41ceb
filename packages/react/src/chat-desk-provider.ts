'use client'

import type { ChatClient } from '@chatdesk/core'
import { createWidgetSlot, type WidgetSlot } from '@chatdesk/widget'
import { createContext, createElement, type ReactElement, type ReactNode, useContext, useMemo } from 'react'

const SlotContext = createContext<WidgetSlot | null>(null)

/** Props of `ChatDeskProvider`. */
export interface ChatDeskProviderProps {
  /** The client of a chat of one's own; absent where a `ChatDeskWidget` stands below. Its maker starts and ends it. */
  client?: ChatClient | undefined
  children?: ReactNode
}

/** Lets everything below speak with one chat: that of the `ChatDeskWidget` below it, or of a client of one's own. */
export function ChatDeskProvider({ client, children }: ChatDeskProviderProps): ReactElement {
  const slot = useMemo(() => createWidgetSlot(client), [client])
  return createElement(SlotContext.Provider, { value: slot }, children)
}

/** The chat that the provider above lends. */
export function useSlot(): WidgetSlot {
  const slot = useContext(SlotContext)
  if (!slot) throw new Error('[chatdesk] there is no <ChatDeskProvider> above')
  return slot
}
