export { EXPIRING_RUNS } from './expiring.js'
export { macroRoutes } from './routes.js'
