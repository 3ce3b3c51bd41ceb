/** What a widget's visitors may read for themselves: fetched when somebody asks for it. */
export { openHelp } from './open-help.jsx'
