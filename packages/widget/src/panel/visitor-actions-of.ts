import type { VisitorActions } from '@chatdesk/core/visitor-actions'
import type { PanelModel } from './panel-model.js'

/** What the visitor may do beside talking, as soon as there is a session for it: offline it fails at once, and does not wait. */
export async function visitorActionsOf({ client }: Pick<PanelModel, 'client'>): Promise<VisitorActions> {
  const { createVisitorActions } = await import('@chatdesk/core/visitor-actions')
  if (!client.getToken()) await client.start()
  return createVisitorActions(client)
}
