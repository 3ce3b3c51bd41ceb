import buttonsCss from '../../theme/buttons.css?inline'
import fieldsCss from '../../theme/fields.css?inline'
import formsCss from '../../theme/forms.css?inline'

/** What a visitor is asked before a conversation. Fetched when somebody opens a panel that asks. */
export { formTexts as texts } from '../../text/en-forms.js'
export { Asking } from './asking.jsx'

export const css = buttonsCss + fieldsCss + formsCss
