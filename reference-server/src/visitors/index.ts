export { authenticateConnection } from './authenticate.js'
export { visitorRoutes } from './routes.js'
export { isSessionOpen } from './sessions.js'
