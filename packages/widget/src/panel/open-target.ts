import { ChatError } from '@chatdesk/protocol'
import type { OpenTarget } from '../sdk/commands.js'
import type { PanelModel } from './panel-model.js'
import { showConversation } from './show-conversation.js'
import { startAnew } from './start-anew.js'
import { visitorActionsOf } from './visitor-actions-of.js'

/** Opens the panel with what was asked for. Rejects when that cannot be had now, and the panel is open all the same. */
export async function openTarget(panel: PanelModel, target: OpenTarget): Promise<void> {
  panel.show()
  if (target === 'home') return (await import('./home/home.js')).openHome(panel)
  if (target === 'messages') return (await import('./home/home.js')).openList(panel)
  if (target === 'help') return (await import('./help/help.js')).openHelp(panel)
  if (target === 'new') return startAnew(panel)
  if (typeof target !== 'object' || typeof target?.conversation !== 'string')
    throw new ChatError('VALIDATION_FAILED', 'open: no such target')
  await (await visitorActionsOf(panel)).openConversation(target.conversation)
  showConversation(panel)
}
