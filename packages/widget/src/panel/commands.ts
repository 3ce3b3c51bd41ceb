/** Everything behind `chatdesk('<command>', …)` that the loader and the panel do not do by themselves. */
import { ChatError } from '@chatdesk/protocol'
import { ALIASES } from '../sdk/command-names.js'
import type { CommandTable } from './commands/command-table.js'
import { conversationCommands } from './commands/conversation-commands.js'
import { giveConsent } from './commands/give-consent.js'
import { lookCommands } from './commands/look-commands.js'
import { pageCommands } from './commands/page-commands.js'
import { visitorCommands } from './commands/visitor-commands.js'
import { fetchedOnce } from './fetched-once.js'
import { warnOfInvalid } from './invalid-options.js'
import type { PanelModel } from './panel-model.js'

const loadBackground = fetchedOnce(() => import('./background.js'))

/** Whose options were looked at. */
const checked = new WeakSet<object>()

/** Does what a command of the page asks for. The first one tells the page's developer which options mean nothing. */
export async function runCommand(panel: PanelModel, name: string, args: readonly unknown[]): Promise<unknown> {
  if (!checked.has(panel.options)) warnOfInvalid(panel.options)
  checked.add(panel.options)
  const command = Object.hasOwn(ALIASES, name) ? ALIASES[name as keyof typeof ALIASES] : name
  if (command === 'consent') return giveConsent(panel, args[0])
  // Before anything is done that somebody listens for.
  const { attend } = await loadBackground()
  const table: CommandTable = commandTable({ panel, ...(await attend(panel)) })
  if (!Object.hasOwn(table, command)) throw new ChatError('NOT_SUPPORTED', `no command "${name}"`)
  return (table[command as keyof CommandTable] as (...args: unknown[]) => unknown)(...args.filter(isNoPress))
}

/** A command may be the handler of a page's button as it is. */
const isNoPress = (value: unknown): boolean =>
  !(typeof value === 'object' && value !== null && 'preventDefault' in value)

/** Every command, for one panel. */
export function commandTable(context: Parameters<typeof pageCommands>[0]): CommandTable {
  return {
    ...pageCommands(context),
    ...lookCommands(context),
    ...conversationCommands(context),
    ...visitorCommands(context),
  }
}
