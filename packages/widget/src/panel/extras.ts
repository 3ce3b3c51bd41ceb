/**
 * What a plain conversation does without: fetched by itself once the panel stands, so that it is there when the
 * network is not.
 */
export { trapTab } from '../a11y/trap-tab.js'
export { errorTexts } from '../text/en-errors.js'
export { default as extrasCss } from '../theme/extras.css?inline'
export { tokenizeText } from './conversation/tokenize-text.js'
