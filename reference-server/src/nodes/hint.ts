import type { Draft } from '@chatdesk/protocol'

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
