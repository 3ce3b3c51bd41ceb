import type { PanelModel } from '../panel-model.js'
import { noteNotices, wantsNotices } from './notice-switch.js'

/** Asks the browser, and keeps what it says; within a press of the visitor's only. Whether they are on then. */
export async function turnNoticesOn({ options }: PanelModel): Promise<boolean> {
  const granted = (await Notification.requestPermission()) === 'granted'
  noteNotices(options, granted ? 'on' : 'asked')
  return granted
}

/** Switches notifications on or off. */
export async function toggleNotices(panel: PanelModel): Promise<void> {
  if (wantsNotices(panel.options)) noteNotices(panel.options, 'off')
  else await turnNoticesOn(panel)
}
