export { authenticateConnection } from './authenticate.js'
export type { GeoHeaders } from './request-facts.js'
export { visitorRoutes } from './routes.js'
export { isSessionOpen } from './sessions.js'
