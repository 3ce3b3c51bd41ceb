'use client'

import { bellSource, type ChatDeskBellElement, defineChatDeskBell } from '@chatdesk/widget'
import { createElement, type ReactElement, useEffect, useRef } from 'react'
import { useSlot } from './chat-desk-provider.js'

/** Props of `ChatDeskBell`. */
export interface ChatDeskBellProps {
  className?: string | undefined
  /** What its name is said in. Default: the visitor's own language, as their browser says. */
  locale?: string | undefined
}

/** A bell with the number of unread messages, which opens the panel. On a server it is empty. */
export function ChatDeskBell({ className, locale }: ChatDeskBellProps): ReactElement {
  const slot = useSlot()
  const element = useRef<ChatDeskBellElement>(null)
  useEffect(() => {
    defineChatDeskBell()
    if (element.current) element.current.source = bellSource(slot)
  }, [slot])
  // React 18 knows `className` only of the elements of HTML.
  return createElement('chat-desk-bell', { ref: element, class: className, locale })
}
