/** Draws of a long conversation what is in view. Fetched once a conversation is long. */
export { default as css } from '../../theme/long.css?inline'
export { drawLongRows, showMessage } from './long-rows.jsx'
/** It says nothing of its own. */
export const texts = {}
