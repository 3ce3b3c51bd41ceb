import type { ChatClient, MessageView } from '@chatdesk/core'
import type { WidgetSettings } from '@chatdesk/protocol'
import type { WidgetOptions } from '../widget-options.js'

/** What the launcher's side gives to the panel. The two are loaded apart and share nothing but this. */
export interface PanelContext {
  /** Where the panel draws itself. */
  root: ShadowRoot
  options: WidgetOptions
  /** The widget's public settings, when they were fetched already. */
  settings: WidgetSettings | null
  onUnread(count: number): void
  onMessage(message: MessageView): void
  /** The visitor closes the panel from inside. */
  onClose(): void
}

/** A panel, closed until it is opened. */
export interface PanelHandle {
  readonly client: ChatClient
  /** Begins the session; without effect when it has begun. */
  begin(): void
  /** Shows the panel. `byVisitor`: takes the focus and begins the session; otherwise the visitor's first touch does. */
  open(byVisitor: boolean): void
  close(): void
  /** Removes the panel, and ends the client that was made for it; the outbox stays on disk. */
  destroy(): void
}

/** Makes a panel. */
export type CreatePanel = (context: PanelContext) => PanelHandle

/** What the panel's chunk exports. */
export interface PanelModule {
  createPanel: CreatePanel
}
