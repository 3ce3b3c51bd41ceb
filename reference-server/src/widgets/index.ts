export { widgetAdminRoutes } from './admin-routes.js'
export { type Admission, refusalOf, requireAdmission } from './admission.js'
export { EXPIRING_WIDGET_KEYS } from './expiring.js'
export { findReopening, type Reopening } from './find-reopening.js'
export { createInstallationLog, type InstallationLog } from './installations.js'
export { isOriginAllowed } from './origin-rule.js'
export { requireWidget } from './require-widget.js'
export { widgetRoutes } from './routes.js'
export { createWidgetFeed, type WidgetFeed } from './widget-feed.js'
export { loadChangedWidgets } from './widget-states.js'
export {
  type CreateWidgetInput,
  createWidget,
  findOnlyKey,
  findWidget,
  isKnownOrigin,
  type ServerOffers,
  updateWidget,
  type Widget,
  type WidgetInput,
} from './widgets.js'
