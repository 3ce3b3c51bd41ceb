import { followStore, readStore, type SelectStore } from '@chatdesk/widget'
import { type ComputedRef, computed, onBeforeUnmount, onMounted, type ShallowRef, shallowRef } from 'vue'
import { useSlot } from './create-chat-desk.js'

/**
 * What a store of the client holds, such as `useChatDeskState((client) => client.$connection)`; undefined on a server, and
 * until the widget is mounted.
 */
export function useChatDeskState<T>(select: SelectStore<T>): Readonly<ShallowRef<T | undefined>> {
  const slot = useSlot()
  const state = shallowRef<T>()
  const read = () => {
    state.value = readStore(slot, select)
  }
  let stop = () => {}
  // Not on a server, which never unmounts.
  onMounted(() => {
    read()
    stop = followStore(slot, select, read)
  })
  onBeforeUnmount(() => stop())
  return state
}

/** How many messages of the other side the visitor has not read. */
export function useUnread(): ComputedRef<number> {
  const count = useChatDeskState(({ $unreadCount }) => $unreadCount)
  return computed(() => count.value ?? 0)
}
