export { isOriginAllowed, requireOrigin } from './origin-rule.js'
export { widgetRoutes } from './routes.js'
export {
  type CreateWidgetInput,
  createWidget,
  findWidget,
  isKnownOrigin,
  setAllowedOrigins,
  widgetOf,
} from './widgets.js'
