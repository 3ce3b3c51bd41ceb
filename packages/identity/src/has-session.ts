import { browserPage, type Page } from './browser-page.js'
import { readTabRecord } from './tab-record.js'

/** Whether this tab already has a session on this widget. Only reads, so it may be asked before consent. */
export function hasSession(widgetKey: string, page: Page = browserPage()): boolean {
  return readTabRecord(page, widgetKey)?.token !== undefined
}
