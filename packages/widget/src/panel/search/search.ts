/** Search in a conversation. Fetched when somebody asks for it. */
export { searchTexts as texts } from '../../text/en-search.js'
export { default as css } from '../../theme/search.css?inline'
export { openSearch } from './open-search.jsx'
