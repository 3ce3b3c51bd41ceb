'use client'

import { followStore, readStore, type SelectStore } from '@chatdesk/widget'
import { useCallback, useRef, useSyncExternalStore } from 'react'
import { useSlot } from './chat-desk-provider.js'

/**
 * What a store of the client holds, such as `useChatDeskState((client) => client.$connection)`; undefined on a server, and
 * until the widget is mounted.
 *
 * @param select chooses the same store at each drawing.
 */
export function useChatDeskState<T>(select: SelectStore<T>): T | undefined {
  const slot = useSlot()
  const chosen = useRef(select)
  const subscribe = useCallback((listener: () => void) => followStore(slot, chosen.current, listener), [slot])
  const read = () => readStore(slot, select)
  return useSyncExternalStore(subscribe, read, () => undefined)
}

/** How many messages of the other side the visitor has not read. */
export function useUnread(): number {
  return useChatDeskState(({ $unreadCount }) => $unreadCount) ?? 0
}
