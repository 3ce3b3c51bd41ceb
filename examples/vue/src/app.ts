import { ChatDeskWidget, useChatDesk, useUnread } from '@chatdesk/vue'
import { defineComponent, h } from 'vue'

const options = { url: 'http://localhost:3001', widgetKey: 'wk_demo' }

/** A page with the widget, and a button of its own that opens it. Render functions: no compiler is needed for so little. */
export const App = defineComponent(() => {
  const { open } = useChatDesk()
  const unread = useUnread()
  return () => [
    h('button', { type: 'button', onClick: open }, `Ask a question ${unread.value ? `(${unread.value} unread)` : ''}`),
    h(ChatDeskWidget, { options }),
  ]
})
