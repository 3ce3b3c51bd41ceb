/** What this tab keeps across reloads. A browser that blocks cookies throws when storage is merely named. */

/** Reads what stands under a key; empty when there is nothing or storage is refused. */
export function recall(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

/** Keeps a text, or forgets it when it is empty. */
export function keep(key: string, value: string): void {
  try {
    if (value) sessionStorage.setItem(key, value)
    else sessionStorage.removeItem(key)
  } catch {
    // Full or refused: only comfort is lost, a draft after a reload.
  }
}

/** Where it stands that the visitor closed the panel in this tab, so that `autoOpen` leaves them in peace. */
export const closedKey = (widgetKey: string): string => `chatdesk.closed.${widgetKey}`

/**
 * Whether this tab seems to have a session. The panel asks identity itself; the loader asks only this, because the
 * rest of identity weighs ten times as much.
 */
export function hasTabSession(widgetKey: string): boolean {
  return recall(`chatdesk_${widgetKey}`).includes('"token":"')
}
