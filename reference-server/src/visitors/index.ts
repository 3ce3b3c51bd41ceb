export { authenticateConnection, authenticateRequest } from './authenticate.js'
export { initSession } from './init.js'
export { type VisitorLimits, visitorRoutes } from './routes.js'
export { isSessionOpen } from './sessions.js'
