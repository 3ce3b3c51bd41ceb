import type { Awaitable, ChatClient } from '@chatdesk/core'
import type { WidgetSettings } from '@chatdesk/protocol'
import type { WidgetOptions } from '../widget-options.js'
import type { Launcher } from './draw-launcher.js'
import type { WidgetEvents } from './widget-events.js'

/** What the launcher's side gives to the panel. The two are loaded apart and share nothing but this. */
export interface PanelContext {
  /** Drawn already. From now on its presses, its label and its badge are the panel's. */
  launcher: Launcher
  options: WidgetOptions
  /** The widget's public settings, when they were fetched already. */
  settings: WidgetSettings | null
  events: WidgetEvents
}

/** A panel, closed until it is opened. */
export interface PanelHandle {
  readonly client: ChatClient
  /** Begins the session; without effect when it has begun. */
  begin(): void
  /** Shows the panel. `byVisitor`: takes the focus and begins the session; otherwise the visitor's first touch does. Default: true. */
  open(byVisitor?: boolean): void
  /** Does what a command asks for; rejects what it does not know. */
  run(command: string, args: readonly unknown[]): Promise<unknown>
  /** Removes the panel, and ends the client that was made for it; the outbox stays on disk. */
  destroy(): void
}

/** Makes a panel. */
export type CreatePanel = (context: PanelContext) => Awaitable<PanelHandle>

/** What the panel's chunk exports. */
export interface PanelModule {
  createPanel: CreatePanel
}
