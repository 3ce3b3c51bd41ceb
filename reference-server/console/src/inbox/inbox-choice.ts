import type { InboxFilter, InboxView } from '@chatdesk/protocol'
import { atom, type WritableAtom } from 'nanostores'

/** What a member has chosen to look at. */
export interface InboxChoice {
  view: InboxView
  filter: InboxFilter
}

/** Stays as long as the page, wherever the member goes in between. */
export function createInboxChoice(): WritableAtom<InboxChoice> {
  return atom<InboxChoice>({ view: 'all', filter: {} })
}

/** The views by what members call them. */
export const VIEW_NAMES: Record<InboxView, string> = {
  all: 'Open',
  mine: 'Mine',
  unassigned: 'Unassigned',
  waiting: 'Waiting',
  assistant: 'Assistant',
  snoozed: 'Snoozed',
  resolved: 'Resolved',
}

/** The views in the order in which they are shown. */
export const VIEWS = Object.keys(VIEW_NAMES) as InboxView[]
