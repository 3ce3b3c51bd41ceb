import { ChatError } from '@chatdesk/protocol'
import { LIVE_OPTIONS, type WidgetOptions } from '../widget-options.js'
import type { Diagnosis } from './diagnose/diagnosis.js'
import { invalidOptions } from './invalid-options.js'
import { type OpenTarget, openTarget } from './open-target.js'
import type { PanelModel } from './panel-model.js'

/** What a page may ask of a widget beyond opening and closing it. */
export interface WidgetCommands {
  /** Opens the panel, and shows what is asked for; resolves when it is shown. */
  open(target: OpenTarget): Promise<void>
  consent(granted: boolean): Promise<void>
  /** Takes those options that a widget can change while it stands; the others wait for another widget. */
  update(changes: Partial<WidgetOptions>): void
  /** Says what the visitor does, by a name of the page's: a rule may wait for it. */
  track(name: string): void
  /** Fills an element of the page with the panel, for good. */
  inline(target: Element | string): Promise<void>
  /** Says why the widget does not show, or does not connect. */
  diagnose(): Promise<Diagnosis>
}

/** Whose options were looked at. */
const checked = new WeakSet<object>()

/** Does what a command of the page asks for. The first one tells the page's developer which options mean nothing. */
export async function runCommand(panel: PanelModel, name: string, args: readonly unknown[]): Promise<unknown> {
  const { options } = panel
  const check = (given: object) => {
    for (const option of invalidOptions(given)) console.warn(`[chatdesk] option "${option}" is not valid`)
  }
  if (!checked.has(options)) check(options)
  checked.add(options)
  const commands: WidgetCommands = {
    open: (target) => openTarget(panel, target),
    consent: (granted) => panel.client.consent(granted),
    update(changes) {
      check(changes)
      for (const name of LIVE_OPTIONS)
        if (Object.hasOwn(changes, name)) Object.assign(options, { [name]: changes[name] })
      panel.applyOptions()
    },
    track: (name) => panel.events.emit('track', { name }),
    inline: async (target) => (await import('./inline.js')).standInline(panel, target),
    diagnose: async () => (await import('./diagnose.js')).diagnose(panel),
  }
  if (!Object.hasOwn(commands, name)) throw new ChatError('NOT_SUPPORTED', `no command "${name}"`)
  return (commands[name as keyof WidgetCommands] as (...args: unknown[]) => unknown)(...args)
}
