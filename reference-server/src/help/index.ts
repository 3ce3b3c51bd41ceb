export { helpRoutes } from './routes.js'
