export { requireOrigin } from './origin-rule.js'
export { widgetRoutes } from './routes.js'
export {
  type CreateWidgetInput,
  createWidget,
  findWidget,
  isKnownOrigin,
  setAllowedOrigins,
  setFollowUp,
} from './widgets.js'
