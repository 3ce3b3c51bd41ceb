/** What receives a visitor: whether the team is there, and what they are asked. Fetched where a widget has any of it. */
export { receptionTexts as texts } from '../../text/en-reception.js'
export { default as css } from '../../theme/reception.css?inline'
export { FrontDesk } from './front-desk.jsx'
