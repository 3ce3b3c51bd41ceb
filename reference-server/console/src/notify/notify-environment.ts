import type { PushAddress } from '../api/notifications-api.js'
import type { Notice } from './what-to-tell.js'

/** What the browser lets this page do outside of itself. */
export type Permission = 'granted' | 'denied' | 'default' | 'unsupported'

/** The browser, as far as it tells somebody who does not look at the console. */
export interface NotifyEnvironment {
  /** A short sound; nothing, as long as the page was not touched. */
  chime(): void
  permission(): Permission
  /** Asks the member; only within a press of theirs. */
  askPermission(): Promise<Permission>
  /** Another one of the same conversation takes its place. Pressed, it calls `open`. */
  show(notice: Notice, open: () => void): void
  push: {
    /** This browser's present address; null: it takes none. */
    current(): Promise<string | null>
    /** Rejects where the browser has no push, or its service does not answer. */
    subscribe(serverKey: string): Promise<PushAddress>
    unsubscribe(): Promise<void>
    /** Calls with the conversation of a push that was pressed while the console is open. The answer ends it. */
    onOpen(listener: (conversationId: string) => void): () => void
  }
}
