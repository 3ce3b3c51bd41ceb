/** `import '@chatdesk/widget/global'` makes the snippet's `chatdesk` known to TypeScript; it has no code. */
import type { ChatDesk } from './sdk/chat-desk.js'

declare global {
  interface Window {
    chatdesk: ChatDesk
  }
  /** The function that the snippet makes. */
  var chatdesk: ChatDesk
}
