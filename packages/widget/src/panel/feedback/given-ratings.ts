import type { VisitorConversation } from '@chatdesk/protocol'
import type { PanelModel } from '../panel-model.js'
import { visitorActionsOf } from '../visitor-actions-of.js'

/** What a visitor has said of one conversation so far. */
export interface GivenRatings {
  rating: VisitorConversation['rating']
  messages: readonly { seq: number; helpful: boolean }[]
}

const asked = new WeakMap<object, { conversationId: string; given: Promise<GivenRatings> }>()

/** Asks the server once for each conversation that is shown, however many of its messages can be judged. */
export function givenRatings(panel: PanelModel, conversationId: string): Promise<GivenRatings> {
  const known = asked.get(panel.client)
  if (known?.conversationId === conversationId) return known.given
  const given = visitorActionsOf(panel).then((actions) => actions.loadRating(conversationId))
  asked.set(panel.client, { conversationId, given })
  // The next one asks again.
  given.catch(() => asked.delete(panel.client))
  return given
}

/** Something was said that the server knows by now: what was asked before does not hold any more. */
export function forgetGivenRatings({ client }: PanelModel): void {
  asked.delete(client)
}
