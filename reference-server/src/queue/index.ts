export { isAnybodyOnDuty } from './duty.js'
export { createLine, type Line } from './line.js'
export { queueRoutes } from './routes.js'
export { createRouting } from './routing.js'
