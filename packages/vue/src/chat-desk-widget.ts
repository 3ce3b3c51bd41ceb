import { type MountOptions, mountWidget, type WidgetHandle } from '@chatdesk/widget'
import { defineComponent, h, onBeforeUnmount, onMounted, type PropType, ref, watch } from 'vue'
import { useSlot } from './create-chat-desk.js'

/**
 * Mounts the widget: `<ChatDeskWidget :options="{ url, widgetKey }" @ready="…" />`. On a server it draws nothing, or the
 * element that an inline panel will fill. Another key, visitor or mode is another widget; what the eye sees, language
 * and consent change in the one that stands.
 */
export const ChatDeskWidget = defineComponent({
  name: 'ChatDeskWidget',
  props: { options: { type: Object as PropType<Omit<MountOptions, 'target'>>, required: true } },
  emits: { ready: (_handle: WidgetHandle) => true },
  setup(props, { emit }) {
    const slot = useSlot()
    const element = ref<HTMLElement | null>(null)
    const show = () => {
      const before = slot.widget()
      slot.show(mountWidget, { ...props.options, target: element.value ?? undefined })
      const after = slot.widget()
      if (after && after !== before) emit('ready', after)
    }
    onMounted(() => {
      show()
      watch(() => props.options, show, { deep: true, flush: 'post' })
    })
    onBeforeUnmount(slot.hide)
    return () => (props.options.mode === 'inline' ? h('div', { ref: element }) : null)
  },
})
