/** Draws what a message is beyond plain words. Fetched with the first message. */
export { richTexts as texts } from '../../text/en-rich.js'
export { default as css } from '../../theme/rich.css?inline'
export { Choices } from './choices.jsx'
export { DrawnPart } from './drawn-part.jsx'
export { Picture } from './picture.jsx'
