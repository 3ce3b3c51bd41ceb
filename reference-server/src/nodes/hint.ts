/** What the assistant has written of an answer by now, without marks. */
export interface Draft {
  /** The last event that the answer rests on: with any later one it is out of date. */
  afterSeq: number
  text: string
}

/**
 * What one node tells the others: where to look, never what is there. Nothing in it is believed: a node that is told of a
 * change reads the log, and a sign of typing ends by itself. A draft alone is words, and goes only where hints are signed.
 */
export type Hint =
  | { type: 'conversation.changed'; organizationId: string; conversationId: string }
  | { type: 'widget.changed'; organizationId: string; widgetId: string }
  | {
      type: 'typing.changed'
      organizationId: string
      conversationId: string
      author: { kind: 'visitor' | 'agent' | 'assistant'; id: string; name: string }
      active: boolean
      draft?: Draft | undefined
    }
