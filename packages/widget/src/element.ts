/** `import '@chatdesk/widget/element'` makes `<chat-desk>` and `<chat-desk-bell>` known to the page; on a server it does nothing. */
import { defineChatDeskBell } from './element/browser-chat-desk-bell.js'
import { defineChatDeskElement } from './element/browser-chat-desk-element.js'

defineChatDeskElement()
// Last: a bell of the page looks for its chat at once.
defineChatDeskBell()
