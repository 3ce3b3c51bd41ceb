import { ChatError } from '@chatdesk/protocol'
import type { WidgetOptions } from '../widget-options.js'
import { invalidOptions } from './invalid-options.js'
import type { PanelModel } from './panel-model.js'

/** What a page may ask of a widget beyond opening and closing it. */
export interface WidgetCommands {
  consent(granted: boolean): Promise<void>
  /** Takes other values of the options that say how the widget looks and what it says; a second `init` does the same. */
  update(changes: LiveOptions): void
}

/** Options that can change while the widget stands. */
type LiveOptions = Pick<WidgetOptions, 'position' | 'primaryColor' | 'greeting' | 'theme' | 'texts'>
const LIVE = ['position', 'primaryColor', 'greeting', 'theme', 'texts'] as const satisfies (keyof LiveOptions)[]

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
    update(changes) {
      for (const name of LIVE) if (Object.hasOwn(changes, name)) Object.assign(options, { [name]: changes[name] })
      panel.applyOptions()
    },
  }
  if (!Object.hasOwn(commands, name)) throw new ChatError('NOT_SUPPORTED', `no command "${name}"`)
  return (commands[name as keyof WidgetCommands] as (...args: unknown[]) => unknown)(...args)
}
