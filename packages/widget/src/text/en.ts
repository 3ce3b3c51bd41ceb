import { extraTexts } from './en-extras.js'
import { launcherTexts } from './en-launcher.js'
import { conversationTexts } from './en-panel.js'

/** Every visible text in English, by key; those of errors are keyed `error` and code. */
export const englishTexts = { ...launcherTexts, ...conversationTexts, ...extraTexts }

/** Every visible text, by key. */
export type Texts = typeof englishTexts
