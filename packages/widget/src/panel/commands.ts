import { ChatError } from '@chatdesk/protocol'
import type { PanelModel } from './panel-model.js'

/** What a page may ask of a widget beyond opening and closing it. */
export interface WidgetCommands {
  consent(granted: boolean): Promise<void>
}

/** Does what a command of the page asks for. */
export async function runCommand(panel: PanelModel, name: string, args: readonly unknown[]): Promise<unknown> {
  const commands: WidgetCommands = {
    consent: (granted) => panel.client.consent(granted),
  }
  if (!Object.hasOwn(commands, name)) throw new ChatError('NOT_SUPPORTED', `no command "${name}"`)
  return (commands[name as keyof WidgetCommands] as (...args: unknown[]) => unknown)(...args)
}
