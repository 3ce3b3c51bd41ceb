import type { AgentConversation } from '@chatdesk/core/agent'
import { type Author, ChatError, type ConversationSummary, type Priority } from '@chatdesk/protocol'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Moved, WorkUpdate } from '../../api/team-work-api.js'
import { mayWrite, useConsole } from '../../client/console-services.js'
import { useRow } from './use-row.js'

/** Somebody was faster (C15): who has it now, and who was to have it. */
export interface Taken {
  by: Author | null
  agentId: string
}

/** What can be done with the open conversation beside answering it, and how that went. */
export interface ConversationWork {
  /** As it stands, or as it was just asked to be. */
  row: ConversationSummary | undefined
  /** Whether this member does any of it at all. */
  allowed: boolean
  assign(agentId: string): void
  /** `departmentId`: whose queue; undefined: that of the conversation. */
  release(departmentId?: string): void
  reopen(): void
  /** Until when, in milliseconds since the epoch; null wakes it. */
  snooze(until: number | null): void
  setPriority(priority: Priority): void
  setTags(tagIds: string[]): void
  createTag(name: string): void
  /** Why the last thing was not done. */
  refusal: ChatError | null
  taken: Taken | null
  /** Forgets the refusal, or who was faster. */
  dismiss(): void
}

/** Does it by the server, and shows at once what is the team's own to say (C15 to C18). */
export function useConversationWork(conversation: AgentConversation): ConversationWork {
  const { admin, directory, current } = useConsole()
  const { conversationId } = conversation
  const { row, learn } = useRow(conversationId)
  const [wish, setWish] = useState<WorkUpdate>({})
  const [refusal, setRefusal] = useState<ChatError | null>(null)
  const [taken, setTaken] = useState<Taken | null>(null)
  const allowed = mayWrite(current)
  /** What is asked for is answered in the order of asking: the last wish is the one that stands. */
  const queue = useRef<Promise<void>>(Promise.resolve())
  const asked = useRef(0)
  /** As they are to be by now, for an answer that comes later. */
  const tagIds = useRef<readonly string[]>([])
  tagIds.current = wish.tagIds ?? row?.tagIds ?? []

  useEffect(() => void directory.refresh(), [directory])

  return useMemo(() => {
    function attempt(act: () => Promise<void>): void {
      setRefusal(null)
      setTaken(null)
      queue.current = queue.current.then(act).catch((error: unknown) => {
        if (!ChatError.isInstance(error)) throw error
        setRefusal(error)
      })
    }

    const move = (act: () => Promise<Moved>, onTaken?: (by: Author | null) => void) =>
      attempt(async () => {
        const { outcome, conversation: moved } = await act()
        learn(moved)
        if (outcome === 'taken') onTaken?.(moved.agent)
      })

    function update(changes: WorkUpdate): void {
      asked.current += 1
      const number = asked.current
      setWish((before) => ({ ...before, ...changes }))
      attempt(async () => {
        try {
          learn(await admin.teamWork.update(conversationId, changes))
        } finally {
          // As long as more is asked for, what stands there is not the server's word yet.
          if (number === asked.current) setWish({})
        }
      })
    }

    return {
      row: row && { ...row, ...wish },
      allowed,
      assign: (agentId) =>
        move(
          () =>
            admin.teamWork.assign(conversationId, {
              agentId,
              expectedAgentId: conversation.$conversation.get().agent?.id ?? null,
            }),
          (by) => setTaken({ by, agentId }),
        ),
      release: (departmentId) =>
        move(() => admin.teamWork.release(conversationId, departmentId === undefined ? {} : { departmentId })),
      reopen: () => move(() => admin.teamWork.reopen(conversationId)),
      snooze: (until) => update({ snoozedUntil: until === null ? null : new Date(until).toISOString() }),
      setPriority: (priority) => update({ priority }),
      setTags: (ids) => update({ tagIds: ids }),
      createTag: (name) =>
        attempt(async () => {
          const tag = await directory.createTag(name)
          update({ tagIds: [...new Set([...tagIds.current, tag.id])] })
        }),
      refusal,
      taken,
      dismiss() {
        setRefusal(null)
        setTaken(null)
      },
    }
  }, [admin, directory, conversation, conversationId, row, learn, wish, allowed, refusal, taken])
}
