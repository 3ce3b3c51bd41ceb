/** What the panel offers beside the conversation. Fetched when the menu is opened for the first time. */
export { menuTexts as texts } from '../../text/en-menu.js'
export { default as css } from '../../theme/menu.css?inline'
export { Menu as Popup } from './menu-list.jsx'
