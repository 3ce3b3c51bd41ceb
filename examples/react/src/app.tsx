import { ChatDeskProvider, ChatDeskWidget, useChatDesk, useUnread } from '@chatdesk/react'

function AskButton() {
  const { open } = useChatDesk()
  const unread = useUnread()
  return (
    <button type="button" onClick={() => open()}>
      Ask a question {unread > 0 && `(${unread} unread)`}
    </button>
  )
}

/** A page with the widget, and a button of its own that opens it. */
export function App() {
  return (
    <ChatDeskProvider>
      <AskButton />
      <ChatDeskWidget url="http://localhost:3001" widgetKey="wk_demo" />
    </ChatDeskProvider>
  )
}
