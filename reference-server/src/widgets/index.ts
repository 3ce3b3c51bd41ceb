export { widgetAdminRoutes } from './admin-routes.js'
export { EXPIRING_WIDGET_KEYS } from './expiring.js'
export { createInstallationLog, type InstallationLog } from './installations.js'
export { isOriginAllowed, requireOrigin } from './origin-rule.js'
export { requireWidget } from './require-widget.js'
export { widgetRoutes } from './routes.js'
export {
  type CreateWidgetInput,
  createWidget,
  findWidget,
  isKnownOrigin,
  updateWidget,
  type Widget,
  type WidgetInput,
} from './widgets.js'
