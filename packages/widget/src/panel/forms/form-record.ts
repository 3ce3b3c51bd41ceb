import { keep, recall } from '../../launcher/browser-tab-memory.js'
import type { WidgetOptions } from '../../widget-options.js'
import type { Answers } from './questions.js'

/** Where a tab keeps what it was asked. */
const FORM = 'chatdesk.form.'

/** What a visitor was asked in this session, and how far they have come. */
export interface FormRecord {
  /** Whose it is; absent until the session has said who they are. */
  visitorId?: string | undefined
  /** What stands in the form; nothing once it is sent. */
  values: Answers
  /** The owner's form is answered. */
  answered: boolean
  /** An address was among the answers. */
  hasEmail: boolean
  /** The department that was said without asking. */
  departmentId?: string | undefined
}

/** A session in which nobody was asked anything. */
export const NOTHING_ASKED: FormRecord = { values: {}, answered: false, hasEmail: false }

/** What this tab has kept; nothing where nothing may be kept. */
export function readRecord(options: WidgetOptions): FormRecord {
  try {
    return { ...NOTHING_ASKED, ...(JSON.parse(recall(options, FORM) || '{}') as Partial<FormRecord>) }
  } catch {
    return NOTHING_ASKED
  }
}

/** Keeps it over reloads, where that is allowed. */
export function keepRecord(options: WidgetOptions, record: FormRecord): void {
  keep(options, FORM, JSON.stringify(record))
}
