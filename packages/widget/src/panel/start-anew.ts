import { keep } from '../launcher/browser-tab-memory.js'
import { SEVERAL } from './home/several.js'
import type { PanelModel } from './panel-model.js'
import { showConversation } from './show-conversation.js'
import { visitorActionsOf } from './visitor-actions-of.js'

/** Begins a conversation beside those that there are, and shows it. Rejects when that cannot be done now (C12). */
export async function startAnew(panel: PanelModel): Promise<void> {
  const { client, options } = panel
  const actions = await visitorActionsOf(panel)
  const { id } = client.$conversation.get()
  await actions.newConversation()
  // Where nothing was said yet, it stays the only one (C9).
  if (id !== null && client.$conversation.get().id !== id) keep(options, SEVERAL, '1')
  showConversation(panel)
}
