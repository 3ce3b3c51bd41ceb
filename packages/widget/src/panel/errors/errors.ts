/** Words for what goes seldom wrong: fetched when it does. */
export { errorTexts as texts } from '../../text/en-errors.js'
export const css = ''
