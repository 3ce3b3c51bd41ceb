import { keepVisitor, recallVisitor } from '../../launcher/browser-visitor-memory.js'
import type { WidgetOptions } from '../../widget-options.js'

/** The message that some tab of this browser has taken last. */
const TAKEN = 'chatdesk.taken.'

/**
 * Takes a message for this tab; false when another one was first. The lock is held for a moment only: one that is kept would
 * cost the page its way back.
 */
export async function claim(options: WidgetOptions, key: string): Promise<boolean> {
  const take = () => {
    if (recallVisitor(options, TAKEN) === key) return false
    keepVisitor(options, TAKEN, key)
    return true
  }
  const { locks } = navigator as { locks?: LockManager }
  return locks ? locks.request(`chatdesk_taken_${options.widgetKey}`, take) : take()
}
