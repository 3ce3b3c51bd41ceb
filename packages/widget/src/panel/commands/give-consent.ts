import type { PanelModel } from '../panel-model.js'

/** What the visitor agrees to, or not any more, holds from now on: nothing is fetched before it does. */
export async function giveConsent(panel: PanelModel, given: unknown): Promise<void> {
  const storage = (given as { storage?: unknown } | null | undefined)?.storage
  const granted = given === true || storage === 'granted'
  await panel.client.consent(granted)
  const { attend } = await import('../background.js')
  await attend(panel)
  panel.events.emit('consent', { storage: granted ? 'granted' : 'denied' })
}
