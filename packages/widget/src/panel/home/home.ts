/** The visitor's conversations: fetched when somebody asks for them, or has several. */
export { openHome, openList } from './open-home.jsx'
export { showFirst } from './show-first.js'
