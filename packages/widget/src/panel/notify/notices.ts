import type { PanelModel } from '../panel-model.js'
import { endPush, startPush } from './browser-push.js'
import { noteNotices, wantsNotices } from './notice-switch.js'

/** Asks the browser, and keeps what it says; within a press of the visitor's only. */
export async function turnNoticesOn(panel: PanelModel): Promise<void> {
  const granted = (await Notification.requestPermission()) === 'granted'
  noteNotices(panel.options, granted ? 'on' : 'asked')
  if (granted) await startPush(panel)
}

/** Switches notifications on or off. */
export async function toggleNotices(panel: PanelModel): Promise<void> {
  if (!wantsNotices(panel.options)) return turnNoticesOn(panel)
  noteNotices(panel.options, 'off')
  await endPush(panel)
}
