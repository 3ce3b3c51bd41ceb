import { bellSource, type ChatDeskBellElement, defineChatDeskBell } from '@chatdesk/widget'
import { defineComponent, h, onMounted, ref } from 'vue'
import { useSlot } from './create-chat-desk.js'

/** A bell with the number of unread messages, which opens the panel: `<ChatDeskBell locale="de" />`. On a server it is empty. */
export const ChatDeskBell = defineComponent({
  name: 'ChatDeskBell',
  props: { locale: String },
  setup(props) {
    const slot = useSlot()
    const element = ref<ChatDeskBellElement | null>(null)
    onMounted(() => {
      defineChatDeskBell()
      if (element.value) element.value.source = bellSource(slot)
    })
    return () => h('chat-desk-bell', { ref: element, locale: props.locale })
  },
})
