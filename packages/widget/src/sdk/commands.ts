import type { ConnectionState, ConversationInfo, Unsubscribe } from '@chatdesk/core'
import type { ErasureReceipt, SaidPart, VisitorExport } from '@chatdesk/protocol'
import type { Diagnosis } from '../panel/diagnose/diagnosis.js'
import type { UserData, WidgetOptions, WidgetPosition } from '../widget-options.js'
import type { WidgetEventMap } from './event-data.js'
import type { InterceptorName, Interceptors } from './interceptors.js'

/** Options of `init`: those of a widget; `url` is where the script came from when it is left out. */
export type InitOptions = Partial<WidgetOptions> &
  (
    | { widgetKey: string }
    | { /** The widget key, or the id of an organization with one widget. */ organizationId: string }
  )

/** What proves who somebody is. Without it, what is said of them is shown to agents as unproved. */
export type IdentityProof =
  | { jwt: string }
  /** Asked whenever a proof is needed: for pages that stay open. */
  | { getToken: () => string | Promise<string> }
  /** Of the user's `id`. */
  | { hash: string }

/** A message as the server has taken it. */
export interface SentMessage {
  id: string
  /** Made here, before it was sent. */
  clientId: string
  seq: number
}

/** What `get` answers. */
export interface Snapshot {
  state: 'open' | 'closed' | 'hidden'
  unread: number
  availability: { open: boolean; online: boolean }
  connection: ConnectionState['status']
  identity: { verified: boolean }
  /** Undefined before there is a session. */
  visitorId: string | undefined
  conversation: ConversationInfo
  /** Names of all commands. */
  capabilities: readonly string[]
}

/** What an opened panel shows: a welcome with all conversations, their list alone, the help, a new one, or an earlier one. */
export type OpenTarget = 'home' | 'messages' | 'help' | 'new' | { conversation: string }

/** Figures, texts and switches of the site's own. */
export type Attributes = Readonly<Record<string, string | number | boolean>>

/**
 * Every command of a widget, for `chatdesk('name', …)`, `chatdesk.name(…)`, `run('name', […])` and the wrappers alike. They answer with a
 * promise of what stands here; `on`, `once` and `off` answer at once.
 */
export interface Commands {
  /** Puts the widget on the page. Again: for the same key an `update`, which also ends a `shutdown`; for another key a clean switch. */
  init(options: InitOptions): void
  /** Resolves once the launcher stands. */
  ready(listener?: () => void): void
  on<Type extends keyof WidgetEventMap>(type: Type, listener: (event: WidgetEventMap[Type]) => void): Unsubscribe
  once<Type extends keyof WidgetEventMap>(type: Type, listener: (event: WidgetEventMap[Type]) => void): Unsubscribe
  off<Type extends keyof WidgetEventMap>(type: Type, listener: (event: WidgetEventMap[Type]) => void): void
  /** Takes those options that a widget can change while it stands. */
  update(changes: Partial<WidgetOptions>): void
  /** Shows the panel, and in it what is asked for. */
  open(target?: OpenTarget): void
  close(): void
  toggle(open?: boolean): void
  /** Brings the whole widget back; `'panel'`: and opens it. */
  show(what?: 'panel'): void
  /** Takes the whole widget out of sight, launcher and all. */
  hide(): void
  expand(expanded?: boolean): void
  /** Shows the conversation in a window of its own, which outlives this page. Say it in the visitor's press: browsers open no window otherwise. */
  popout(): void
  /** Fills an element of the page with the panel, for good. */
  inline(target: Element | string): void
  /** Starts the conversation that follows this one, and opens the panel. `send: false`: the text waits in the composer. */
  newConversation(wishes?: { text?: string; send?: boolean; department?: string | null }): void
  /** Writes into the composer, as the visitor would. */
  prefill(text: string | { text: string }): void
  /** Begins the session where there is none. Rejects with the refusal; the message then stands in the thread as failed. */
  sendMessage(content: string | readonly SaidPart[], where?: { conversationId?: string }): SentMessage
  /** Shows a message to this page's visitor alone. The server never hears of it, and a reload forgets it. */
  showMessage(text: string, marks?: { as?: 'system' | 'agent' | 'assistant'; name?: string }): void
  endConversation(): void
  /** From 1 to 5. */
  rate(score: number, comment?: string): void
  markRead(): void
  identify(user: UserData, proof?: IdentityProof): { verified: boolean }
  /** Adds to what this page has said of its visitor. */
  setAttributes(attributes: Attributes): void
  unsetAttributes(names: string | readonly string[]): void
  /** One that the widget offers; null: none. */
  setDepartment(departmentId: string | null): void
  /** Something that the visitor did on the site. A courtesy: what cannot be told is dropped. */
  track(name: string, properties?: Attributes): void
  /** Says which page the visitor is on, and ends the watching that says it otherwise. */
  page(page?: { url?: string; title?: string }): void
  setLocale(locale: string): void
  setTheme(theme: NonNullable<WidgetOptions['theme']>): void
  setLauncher(launcher: { hidden?: boolean; label?: string }): void
  setPosition(position: WidgetPosition): void
  /** Lets nothing be heard, or lets it be heard again. The same switch as the visitor's own. */
  mute(muted?: boolean): void
  setZIndex(zIndex: number): void
  /** What may be kept in the visitor's browser. */
  consent(granted: boolean | { storage: 'granted' | 'denied' }): void
  transcript(wishes?: { to?: 'download'; format?: 'txt' | 'html' | 'json' } | { to: 'email'; email: string }): void
  exportMyData(): VisitorExport
  deleteMyData(): ErasureReceipt
  get<What extends keyof Snapshot>(what: What): Snapshot[What]
  /** Answers with the function that ends it. */
  use<Name extends InterceptorName>(name: Name, interceptor: Interceptors[Name]): Unsubscribe
  /** Connects, without waiting for the visitor. Ends a `pause`. */
  start(): void
  /** Ends the connection until `start`; what is written meanwhile waits. */
  pause(): void
  /** Forgets the visitor, here and at the server; the widget goes on with a new one. */
  logout(): void
  /** `logout`, `hide` and `pause` in one; `init` revives it. */
  shutdown(): void
  /** Takes the widget off the page, with all listeners. */
  destroy(): void
  /** Says why the widget does not show, or does not connect. */
  diagnose(): Diagnosis
}

/** Names a command. */
export type CommandName = keyof Commands
/** What a command takes. */
export type CommandArguments<Name extends CommandName> = Parameters<Commands[Name]>
/** What a command's promise resolves with. */
export type CommandAnswer<Name extends CommandName> = Awaited<ReturnType<Commands[Name]>>

/** Runs a command by its name. */
export interface RunCommand {
  <What extends keyof Snapshot>(name: 'get', args: [what: What]): Promise<Snapshot[What]>
  <Name extends InterceptorName>(name: 'use', args: [name: Name, interceptor: Interceptors[Name]]): Promise<Unsubscribe>
  <Name extends CommandName>(name: Name, args: CommandArguments<Name>): Promise<CommandAnswer<Name>>
}

/** Commands of an app's own widget: a wrapper mounts and unmounts it, and events have hooks of their own. */
export type AppCommandName = Exclude<CommandName, 'init' | 'destroy' | 'on' | 'once' | 'off' | 'ready'>

/** Each command as a function that answers with a promise. */
export type AppCommands = {
  [Name in Exclude<AppCommandName, 'get' | 'use'>]: (...args: CommandArguments<Name>) => Promise<CommandAnswer<Name>>
} & {
  get<What extends keyof Snapshot>(what: What): Promise<Snapshot[What]>
  use<Name extends InterceptorName>(name: Name, interceptor: Interceptors[Name]): Promise<Unsubscribe>
}
