/** What one does at the end: ending the chat, keeping a copy of it, taking or deleting one's data. Fetched when asked for. */
export { closingTexts as texts } from '../../text/en-closing.js'
export { default as css } from '../../theme/closing.css?inline'
export { openEnd, openOwnData, openTranscript } from './open-sheet.js'
