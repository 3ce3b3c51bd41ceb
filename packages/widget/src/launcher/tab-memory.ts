import { tabStorage } from './host-page.js'

/** Reads what this tab keeps under a key; null when there is nothing or storage is refused. */
export function recall(key: string): string | null {
  try {
    return tabStorage()?.getItem(key) ?? null
  } catch {
    return null
  }
}

/** Keeps a text for this tab, or forgets it when it is empty. A full or refused storage loses it silently. */
export function keep(key: string, value: string): void {
  try {
    if (value) tabStorage()?.setItem(key, value)
    else tabStorage()?.removeItem(key)
  } catch {
    // Only comfort is lost: a draft after a reload.
  }
}

/**
 * Whether this tab seems to have a session. The panel asks identity itself; the loader asks only this, because the
 * rest of identity weighs a tenth of it.
 */
export function hasTabSession(widgetKey: string): boolean {
  return /"token":"/.test(recall(`chatdesk_${widgetKey}`) ?? '')
}
