import { ChatError, type WireError } from '@chatdesk/protocol'
import { isOriginAllowed, type OriginRule } from './origin-rule.js'

/** What decides whether a page may use a widget. */
export interface Admission extends OriginRule {
  enabled: boolean
}

const SWITCHED_OFF: WireError = { code: 'FORBIDDEN', message: 'This widget is switched off.' }
const FOREIGN: WireError = { code: 'FORBIDDEN_ORIGIN', message: 'This widget is not allowed on this page.' }

/** Why a page of this origin may not use the widget (G2, S7); undefined when it may. */
export function refusalOf(widget: Admission, origin: string | undefined): WireError | undefined {
  if (!widget.enabled) return SWITCHED_OFF
  return isOriginAllowed(widget, origin) ? undefined : FOREIGN
}

/** Throws `FORBIDDEN` or `FORBIDDEN_ORIGIN` unless a page of this origin may use the widget. */
export function requireAdmission(widget: Admission, origin: string | undefined): void {
  const refusal = refusalOf(widget, origin)
  if (refusal) throw ChatError.fromWire(refusal)
}

/** Throws `FORBIDDEN` while the widget is switched off. */
export function requireEnabled({ enabled }: Pick<Admission, 'enabled'>): void {
  if (!enabled) throw ChatError.fromWire(SWITCHED_OFF)
}
