import buttonsCss from '../../theme/buttons.css?inline'
import feedbackCss from '../../theme/feedback.css?inline'
import fieldsCss from '../../theme/fields.css?inline'

/** What visitors think of a conversation, and of the assistant's answers. Fetched with the first that can be judged. */
export { feedbackTexts as texts } from '../../text/en-feedback.js'
export { Feedback } from './feedback-switch.jsx'

export const css = buttonsCss + fieldsCss + feedbackCss
