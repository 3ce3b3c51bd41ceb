export { cannedReplyRoutes } from './routes.js'
