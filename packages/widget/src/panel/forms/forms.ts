/** What a visitor is asked before a conversation. Fetched when somebody opens a panel that asks. */
export { formTexts as texts } from '../../text/en-forms.js'
export { default as css } from '../../theme/forms.css?inline'
export { Asking } from './asking.jsx'
