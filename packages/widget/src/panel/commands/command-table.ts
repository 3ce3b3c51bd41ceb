import type { Awaitable } from '@chatdesk/core'
import type { CommandArguments, CommandName, Commands } from '../../sdk/commands.js'
import type { Background } from '../background.js'
import type { PanelModel } from '../panel-model.js'

/** What a command is done to. */
export interface CommandContext extends Background {
  panel: PanelModel
}

/** Commands by name. `destroy` is the loader's alone, or `unmount`. */
export type CommandTable = Commanding<Exclude<CommandName, 'destroy'>>

/** Some of them. */
export type Commanding<Name extends CommandName> = {
  [Each in Name]: (...args: CommandArguments<Each>) => Awaitable<ReturnType<Commands[Each]>>
}
