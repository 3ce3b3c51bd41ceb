'use client'

import { followEvent, type WidgetActions, type WidgetEventMap, widgetActions } from '@chatdesk/widget'
import { useEffect, useMemo, useRef } from 'react'
import { useSlot } from './chat-desk-provider.js'

/** What an app asks of its widget: the same functions at each drawing, which wait until the widget is mounted. */
export function useChatDesk(): WidgetActions {
  const slot = useSlot()
  return useMemo(() => widgetActions(slot), [slot])
}

/** Listens to the widget for as long as the component stands; the newest listener is told. */
export function useChatDeskEvent<K extends keyof WidgetEventMap>(
  type: K,
  listener: (event: WidgetEventMap[K]) => void,
): void {
  const slot = useSlot()
  const newest = useRef(listener)
  useEffect(() => {
    newest.current = listener
  })
  useEffect(() => followEvent(slot, type, (event) => newest.current(event)), [slot, type])
}
