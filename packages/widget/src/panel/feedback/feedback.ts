/** What visitors think of a conversation, and of the assistant's answers. Fetched with the first that can be judged. */
export { feedbackTexts as texts } from '../../text/en-feedback.js'
export { default as css } from '../../theme/feedback.css?inline'
export { Feedback } from './feedback-switch.jsx'
