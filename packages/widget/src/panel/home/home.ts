/** The visitor's conversations: fetched when somebody asks for them, or has several. */
export { openHome } from './open-home.js'
export { showFirst } from './show-first.js'
