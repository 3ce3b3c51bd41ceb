import type { Unsubscribe } from '@chatdesk/core'
import type { ALIASES } from './command-names.js'
import type {
  AppCommands,
  CommandAnswer,
  CommandArguments,
  CommandName,
  Commands,
  InitOptions,
  Snapshot,
} from './commands.js'
import type { WidgetEventMap } from './event-data.js'
import type { InterceptorName, Interceptors } from './interceptors.js'

type Aliases = typeof ALIASES

/** Each command as a method of the page's global function. */
type Methods = AppCommands &
  Pick<Commands, 'on' | 'once' | 'off'> & {
    init(options: InitOptions): Promise<void>
    ready(listener?: () => void): Promise<void>
    destroy(): void
  }

/** The names that other chats give them. */
type AliasMethods = {
  [Alias in keyof Aliases]: (...args: CommandArguments<Aliases[Alias]>) => Promise<CommandAnswer<Aliases[Alias]>>
}

/** The page's global function: `chatdesk('open')` says the same as `chatdesk.open()`. */
export interface ChatDesk extends Methods, AliasMethods {
  <Type extends keyof WidgetEventMap>(
    name: 'on' | 'once',
    type: Type,
    listener: (event: WidgetEventMap[Type]) => void,
  ): Unsubscribe
  <Type extends keyof WidgetEventMap>(name: 'off', type: Type, listener: (event: WidgetEventMap[Type]) => void): void
  <What extends keyof Snapshot>(name: 'get', what: What): Promise<Snapshot[What]>
  <Name extends InterceptorName>(name: 'use', hook: Name, interceptor: Interceptors[Name]): Promise<Unsubscribe>
  <Name extends Exclude<CommandName, 'on' | 'once' | 'off' | 'get' | 'use'>>(
    name: Name,
    ...args: CommandArguments<Name>
  ): Promise<CommandAnswer<Name>>
  <Alias extends keyof Aliases>(
    name: Alias,
    ...args: CommandArguments<Aliases[Alias]>
  ): Promise<CommandAnswer<Aliases[Alias]>>
}
