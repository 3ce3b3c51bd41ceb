import buttonsCss from '../../theme/buttons.css?inline'
import closingCss from '../../theme/closing.css?inline'
import fieldsCss from '../../theme/fields.css?inline'

/** What one does at the end: ending the chat, keeping a copy of it, taking or deleting one's data. Fetched when asked for. */
export { closingTexts as texts } from '../../text/en-closing.js'
export { openEnd, openOwnData, openTranscript } from './open-sheet.js'

export const css = buttonsCss + fieldsCss + closingCss
