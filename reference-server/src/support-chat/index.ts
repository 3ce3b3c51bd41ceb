export { supportChatRoutes } from './routes.js'
