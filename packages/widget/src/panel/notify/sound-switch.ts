import { keepVisitor, recallVisitor } from '../../launcher/browser-visitor-memory.js'
import type { WidgetOptions } from '../../widget-options.js'

/** `on` or `off`, as the visitor has said last. */
const SOUND = 'chatdesk.sound.'

/** Whether the visitor wants to hear nothing; the page's word counts where they have said nothing. */
export function isMuted(options: WidgetOptions): boolean {
  const said = recallVisitor(options, SOUND)
  return said ? said === 'off' : options.sound === false
}

/** Keeps it for this browser; for this page alone where nothing may be kept. */
export function mute(options: WidgetOptions, muted: boolean): void {
  options.sound = !muted
  keepVisitor(options, SOUND, muted ? 'off' : 'on')
}
