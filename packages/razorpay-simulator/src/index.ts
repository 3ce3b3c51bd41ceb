export * from './core.js'
export {
  createRazorpaySimulator,
  DEFAULT_KEY,
  type RazorpaySimulator,
  type RazorpaySimulatorOptions,
} from './create-razorpay-simulator.js'
export { type SimulatorClock, systemClock, virtualClock } from './server/clock.js'
