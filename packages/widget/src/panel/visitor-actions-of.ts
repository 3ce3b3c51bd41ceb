import type { VisitorActions } from '@chatdesk/core/visitor-actions'
import type { PanelModel } from './panel-model.js'

/**
 * What the visitor may do beside talking, as soon as there is a session for it: offline it fails at once, and does not wait.
 * Those of the commands, which know what is being changed already.
 */
export async function visitorActionsOf(panel: PanelModel): Promise<VisitorActions> {
  const { attend } = await import('./background.js')
  const { actions } = await attend(panel)
  if (!panel.client.getToken()) await panel.client.start()
  return actions
}
