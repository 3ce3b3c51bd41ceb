export { requireOrigin } from './origin-rule.js'
export { requireWidget } from './require-widget.js'
export { widgetRoutes } from './routes.js'
export {
  type CreateWidgetInput,
  createWidget,
  findWidget,
  isKnownOrigin,
  setAllowedOrigins,
  setFollowUp,
  setTabMode,
  type Widget,
} from './widgets.js'
