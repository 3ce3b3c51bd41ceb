/** `import '@chatdesk/widget/element'` makes `<chat-desk>` known to the page; on a server it does nothing. */
import { defineChatDeskElement } from './element/browser-chat-desk-element.js'

defineChatDeskElement()
