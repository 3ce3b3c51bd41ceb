import { extraTexts } from './en-extras.js'
import { launcherTexts } from './en-launcher.js'
import { conversationTexts } from './en-panel.js'

export { launcherTexts }

/** Texts of the panel; error texts are keyed `error` and code. */
export const panelTexts = { ...conversationTexts, ...extraTexts }

/** Texts of the launcher, by key. */
export type LauncherTexts = typeof launcherTexts
/** Texts of a plain conversation, by key. */
export type PanelTexts = typeof conversationTexts
/** Texts that come with the panel's extras, by key. */
export type ExtraTexts = typeof extraTexts
/** Every visible text, by key. */
export type Texts = LauncherTexts & PanelTexts & ExtraTexts
