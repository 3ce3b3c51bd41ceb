export { authenticateConnection } from './authenticate.js'
export { EXPIRING_VISITS } from './expiring.js'
export { findReachableSession } from './reachable-session.js'
export { type GeoHeaders, requestFacts } from './request-facts.js'
export { visitorRoutes } from './routes.js'
export { isSessionOpen } from './sessions.js'
export {
  authenticateSiteUser,
  openSiteSession,
  type SiteUser,
  type SiteUserContext,
  siteActor,
  siteTokenOf,
} from './site-user.js'
export { claimTraits, updateVisitor } from './visitor-facts.js'
