export { supportTicketRoutes } from './routes.js'
export { forgetTicketWords } from './write-tickets.js'
