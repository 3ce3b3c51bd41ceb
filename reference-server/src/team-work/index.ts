export { teamWorkRoutes } from './routes.js'
