import { followEvent, type WidgetActions, type WidgetEventMap, widgetActions } from '@chatdesk/widget'
import { onBeforeUnmount, onMounted } from 'vue'
import { useSlot } from './create-chat-desk.js'

/** What an app asks of its widget; each waits until the widget is mounted. */
export const useChatDesk = (): WidgetActions => widgetActions(useSlot())

/** Listens to the widget for as long as the component stands. */
export function useChatDeskEvent<K extends keyof WidgetEventMap>(
  type: K,
  listener: (event: WidgetEventMap[K]) => void,
): void {
  const slot = useSlot()
  let stop = () => {}
  // Not on a server, which never unmounts.
  onMounted(() => {
    stop = followEvent(slot, type, listener)
  })
  onBeforeUnmount(() => stop())
}
