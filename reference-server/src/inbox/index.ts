export { inboxRoutes } from './routes.js'
