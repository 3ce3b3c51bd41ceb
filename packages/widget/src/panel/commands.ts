import { ChatError } from '@chatdesk/protocol'
import { invalidOptions } from './invalid-options.js'
import type { PanelModel } from './panel-model.js'

/** What a page may ask of a widget beyond opening and closing it. */
export interface WidgetCommands {
  consent(granted: boolean): Promise<void>
}

/** Whose options were looked at. */
const checked = new WeakSet<object>()

/** Does what a command of the page asks for. The first one tells the page's developer which options mean nothing. */
export async function runCommand(panel: PanelModel, name: string, args: readonly unknown[]): Promise<unknown> {
  const { options } = panel
  if (!checked.has(options))
    for (const option of invalidOptions(options)) console.warn(`[chatdesk] option "${option}" is not valid`)
  checked.add(options)
  const commands: WidgetCommands = {
    consent: (granted) => panel.client.consent(granted),
  }
  if (!Object.hasOwn(commands, name)) throw new ChatError('NOT_SUPPORTED', `no command "${name}"`)
  return (commands[name as keyof WidgetCommands] as (...args: unknown[]) => unknown)(...args)
}
