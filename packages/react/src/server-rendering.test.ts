import { createElement, Fragment } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, it } from 'vitest'
import { ChatDeskBell, ChatDeskProvider, ChatDeskWidget, useChatDesk, useConversation, useUnread } from './index.js'

function Help() {
  const { open } = useChatDesk()
  const { timeline, connection } = useConversation()
  return createElement(
    'button',
    { type: 'button', onClick: open },
    `${useUnread()} unread, ${timeline.length}, ${connection.status}`,
  )
}
const options = { url: 'https://chat.example', widgetKey: 'wk_demo' }
const app = (mode: 'floating' | 'inline') =>
  createElement(
    ChatDeskProvider,
    {},
    createElement(Fragment, {}, createElement(ChatDeskWidget, { ...options, mode }), createElement(Help)),
  )

it('draws no widget on a server, which has no page', () => {
  expect('document' in globalThis).toBe(false)
  expect(renderToString(app('floating'))).toBe('<button type="button">0 unread, 0, idle</button>')
})

it('draws the element that an inline panel will fill', () => {
  expect(renderToString(app('inline'))).toBe('<div></div><button type="button">0 unread, 0, idle</button>')
})

it('draws a bell that comes to life in the page', () => {
  const bell = createElement(ChatDeskProvider, {}, createElement(ChatDeskBell, { className: 'in-the-menu' }))
  expect(renderToString(bell)).toBe('<chat-desk-bell class="in-the-menu"></chat-desk-bell>')
})

it('says what is missing where there is no provider', () => {
  expect(() => renderToString(createElement(Help))).toThrow('no <ChatDeskProvider> above')
})
