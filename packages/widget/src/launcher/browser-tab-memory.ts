import { mayStore, type WidgetOptions } from '../widget-options.js'

/** What this tab keeps of a widget across reloads. A browser that blocks cookies throws when storage is merely named. */

/** Whose memory it is, and whether it may have one. */
type Owner = Pick<WidgetOptions, 'widgetKey' | 'consent'>

/** Where it stands that the visitor closed the panel in this tab, so that `autoOpen` leaves them in peace. */
export const CLOSED = 'chatdesk.closed.'
/** What the visitor has begun to write. */
export const DRAFT = 'chatdesk.draft.'

/** Reads what stands under a name; empty when there is nothing, or storage is refused by the browser or the visitor. */
export function recall(owner: Owner, name: string): string {
  try {
    return (mayStore(owner) && sessionStorage.getItem(name + owner.widgetKey)) || ''
  } catch {
    return ''
  }
}

/** Keeps a text, or forgets it when it is empty. */
export function keep(owner: Owner, name: string, value: string): void {
  const key = name + owner.widgetKey
  try {
    if (!mayStore(owner)) return
    if (value) sessionStorage.setItem(key, value)
    else sessionStorage.removeItem(key)
  } catch {
    // Full or refused: only comfort is lost, a draft after a reload.
  }
}

/**
 * Whether this tab seems to have a session. The panel asks identity itself; the loader asks only this, because the
 * rest of identity weighs ten times as much.
 */
export function hasTabSession(owner: Owner): boolean {
  return recall(owner, 'chatdesk_').includes('"token":"')
}
