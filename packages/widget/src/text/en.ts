import { errorTexts } from './en-errors.js'
import { launcherTexts } from './en-launcher.js'
import { conversationTexts } from './en-panel.js'

export { launcherTexts }

/** Texts of the panel; error texts are keyed `error` and code. */
export const panelTexts = { ...conversationTexts, ...errorTexts }

/** Texts of the launcher, by key. */
export type LauncherTexts = typeof launcherTexts
/** Texts of the panel without those of errors, by key. */
export type PanelTexts = typeof conversationTexts
/** Texts of errors, by key. */
export type ErrorTexts = typeof errorTexts
/** Every visible text, by key. */
export type Texts = LauncherTexts & PanelTexts & ErrorTexts
