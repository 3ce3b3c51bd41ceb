/** What a widget says before its visitor does. Fetched where its settings hold rules. */
export { proactiveTexts as texts } from '../../text/en-proactive.js'
export { default as css } from '../../theme/proactive.css?inline'
export { Teaser as Attendant } from './teaser.jsx'
