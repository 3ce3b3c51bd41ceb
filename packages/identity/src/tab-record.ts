import type { Page } from './browser-page.js'
import { isToken } from './is-token.js'

/**
 * What one tab keeps of one widget in `sessionStorage`, as JSON. A claim: other scripts of the page write there as well (threat 6).
 * The widget's loader looks for a `token` in it without this package.
 */
export interface TabRecord {
  tabId: string
  /** A page that shows this tab id is alive, or has crashed. A copy of the storage says so, too. Asked only where there are no locks. */
  inUse: boolean
  /** Session token. */
  token?: string | undefined
  /** For when its cookie is gone: the session token alone brings nobody their visitor back. */
  visitorToken?: string | undefined
}

/** Where the record is kept. */
export function tabRecordKey(widgetKey: string): string {
  return `chatdesk_${widgetKey}`
}

/** The record, or undefined where there is none that could be ours. */
export function readTabRecord(page: Page, widgetKey: string): TabRecord | undefined {
  try {
    const { tabId, inUse, token, visitorToken } = JSON.parse(
      page.sessionStorage.getItem(tabRecordKey(widgetKey)) ?? '{}',
    )
    if (typeof tabId !== 'string' || !/^[\w-]{8,64}$/.test(tabId)) return undefined
    return {
      tabId,
      inUse: inUse !== false,
      token: isToken(token) ? token : undefined,
      visitorToken: isToken(visitorToken) ? visitorToken : undefined,
    }
  } catch {
    return undefined
  }
}

/** Writes the record where the browser allows it and has room. */
export function writeTabRecord(page: Page, widgetKey: string, record: TabRecord): void {
  try {
    page.sessionStorage.setItem(tabRecordKey(widgetKey), JSON.stringify(record))
  } catch {
    // What is in memory lasts as long as the page.
  }
}
