import type { TimelineEntry } from '@chatdesk/core'
import type { ListPaymentsResponse } from '@chatdesk/protocol'
import { useEffect, useRef } from 'react'
import { type Loaded, useLoaded } from '../../admin/use-loaded.js'
import { mayWrite, useConsole } from '../../client/console-services.js'

/** More than that nobody reads beside a conversation; the others are found among all payments. */
const SHOWN = '10'

/** The payments of a conversation, fetched again with each that the log tells of. */
export interface ConversationPayments {
  loaded: Loaded<ListPaymentsResponse>
  /** By what account this member may ask for money; null: by none, or it is not known yet. */
  askedBy: 'test' | 'live' | null
}

export function useConversationPayments(
  conversationId: string,
  timeline: readonly TimelineEntry[],
): ConversationPayments {
  const { admin, current } = useConsole()
  const loaded = useLoaded(() => admin.payments.list({ conversationId, limit: SHOWN }), conversationId)
  const { reload, state } = loaded
  const told = timeline.reduce((count, entry) => count + (toldIn(entry) ? 1 : 0), 0)
  const known = useRef({ conversationId, told })
  useEffect(() => {
    const before = known.current
    known.current = { conversationId, told }
    if (before.conversationId === conversationId && before.told !== told) reload()
  }, [conversationId, told, reload])
  return {
    loaded,
    askedBy: state.status === 'loaded' && mayWrite(current) ? state.value.accountMode : null,
  }
}

function toldIn(entry: TimelineEntry): boolean {
  return entry.type === 'message' && entry.parts.some(({ type }) => type === 'payment')
}
