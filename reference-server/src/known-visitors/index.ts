export { loadBegun } from './contact-visitor.js'
export { knownVisitorRoutes } from './routes.js'
