export { supportTicketRoutes } from './routes.js'
export { createTicket, forgetTicketWords } from './write-tickets.js'
