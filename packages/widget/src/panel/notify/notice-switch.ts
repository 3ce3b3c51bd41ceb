import { keepVisitor, recallVisitor } from '../../launcher/browser-visitor-memory.js'
import { mayStore, type WidgetOptions } from '../../widget-options.js'

/** `on`, `off`, or `asked`: the offer has been made, and was not taken. */
const NOTICES = 'chatdesk.notify.'

/** Whether there is a switch: the browser can, has not refused for good, and may remember what the visitor says. */
export function canNotify(options: WidgetOptions): boolean {
  return mayStore(options) && 'Notification' in globalThis && Notification.permission !== 'denied'
}

/** Whether the visitor has switched notifications on, and the browser agrees. */
export function wantsNotices(options: WidgetOptions): boolean {
  return canNotify(options) && Notification.permission === 'granted' && recallVisitor(options, NOTICES) === 'on'
}

/** Whether the visitor has never been asked, nor said anything by themselves. */
export function isUnasked(options: WidgetOptions): boolean {
  return canNotify(options) && recallVisitor(options, NOTICES) === ''
}

/** Keeps what they have said. */
export function noteNotices(options: WidgetOptions, said: 'on' | 'off' | 'asked'): void {
  keepVisitor(options, NOTICES, said)
}
