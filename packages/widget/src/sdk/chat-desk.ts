import type { Unsubscribe } from '@chatdesk/core'
import type { ALIASES } from './command-names.js'
import type { AppCommands, CommandAnswer, CommandArguments, CommandName, Commands, InitOptions } from './commands.js'
import type { WidgetEventMap } from './event-data.js'

type Aliases = typeof ALIASES
type Listen = Commands['on']
type Listens = 'on' | 'once' | 'off'

/** Each command as a method of the page's global function. */
type Methods = AppCommands &
  Pick<Commands, Listens> & {
    init(options: InitOptions): Promise<void>
    ready(listener?: () => void): Promise<void>
    destroy(): void
  }

/** The page's global function: `chatdesk('open')` says the same as `chatdesk.open()`. */
export interface ChatDesk extends Methods, AliasMethods {
  (
    name: 'on' | 'once',
    ...listening: {
      [Type in keyof WidgetEventMap]: [Type, (event: WidgetEventMap[Type]) => void]
    }[keyof WidgetEventMap]
  ): Unsubscribe
  <Name extends Exclude<CommandName, Listens>>(
    name: Name,
    ...args: CommandArguments<Name>
  ): Promise<CommandAnswer<Name>>
  <Alias extends keyof Aliases>(
    name: Alias,
    ...args: CommandArguments<Aliases[Alias]>
  ): Promise<CommandAnswer<Aliases[Alias]>>
  (name: 'off', ...args: Parameters<Listen>): void
}

type AliasMethods = {
  [Alias in keyof Aliases]: (...args: CommandArguments<Aliases[Alias]>) => Promise<CommandAnswer<Aliases[Alias]>>
}
