import { expect, it } from 'vitest'
import { createSSRApp, defineComponent, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import {
  ChatDeskBell,
  ChatDeskWidget,
  createChatDesk,
  useChatDesk,
  useChatDeskEvent,
  useConversation,
  useUnread,
} from './index.js'

const Help = defineComponent(() => {
  const { open } = useChatDesk()
  const { timeline, connection } = useConversation()
  const unread = useUnread()
  useChatDeskEvent('message', () => {})
  return () =>
    h('button', { onClick: open }, `${unread.value} unread, ${timeline.value.length}, ${connection.value.status}`)
})
const app = (mode: 'floating' | 'inline') => {
  const options = { url: 'https://chat.example', widgetKey: 'wk_demo', mode }
  return createSSRApp(() => h('main', [h(ChatDeskWidget, { options }), h(Help)]))
}

it('draws no widget on a server, which has no page', async () => {
  expect('document' in globalThis).toBe(false)
  const html = await renderToString(app('floating').use(createChatDesk()))
  expect(html).toBe('<main><!----><button>0 unread, 0, idle</button></main>')
})

it('draws the element that an inline panel will fill', async () => {
  const html = await renderToString(app('inline').use(createChatDesk()))
  expect(html).toBe('<main><div></div><button>0 unread, 0, idle</button></main>')
})

it('draws a bell that comes to life in the page', async () => {
  const html = await renderToString(createSSRApp(ChatDeskBell, { locale: 'de' }).use(createChatDesk()))
  expect(html).toBe('<chat-desk-bell locale="de"></chat-desk-bell>')
})

it('says what is missing where the app has no plugin', async () => {
  await expect(renderToString(createSSRApp(Help))).rejects.toThrow('does not use createChatDesk()')
})
