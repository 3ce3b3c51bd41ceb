import { DEFAULT_KEY, type RazorpaySimulatorOptions } from './create-razorpay-simulator.js'

/** Where the program listens unless it is told otherwise. */
export const DEFAULT_PORT = 4800

/** Reads the environment of the program: its options, or in one line what is wrong. */
export function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): { options: RazorpaySimulatorOptions } | { fault: string } {
  const port = Number(environment.RAZORPAY_SIMULATOR_PORT ?? DEFAULT_PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return { fault: `RAZORPAY_SIMULATOR_PORT: ${environment.RAZORPAY_SIMULATOR_PORT} is no port` }
  const id = environment.RAZORPAY_SIMULATOR_KEY_ID ?? DEFAULT_KEY.id
  const secret = environment.RAZORPAY_SIMULATOR_KEY_SECRET ?? DEFAULT_KEY.secret
  if (!id.startsWith('rzp_test_sim'))
    return { fault: 'RAZORPAY_SIMULATOR_KEY_ID: begins with rzp_test_sim, and this does not' }
  if (secret === '') return { fault: 'RAZORPAY_SIMULATOR_KEY_SECRET: is empty' }
  const webhookUrl = environment.RAZORPAY_SIMULATOR_WEBHOOK_URL
  const webhookSecret = environment.RAZORPAY_SIMULATOR_WEBHOOK_SECRET
  if ((webhookUrl === undefined) !== (webhookSecret === undefined))
    return { fault: 'RAZORPAY_SIMULATOR_WEBHOOK_URL and RAZORPAY_SIMULATOR_WEBHOOK_SECRET go together' }
  const seed = environment.RAZORPAY_SIMULATOR_SEED
  return {
    options: {
      port,
      keys: [{ id, secret }],
      ...(seed === undefined ? {} : { seed }),
      ...(webhookUrl === undefined || webhookSecret === undefined
        ? {}
        : { webhook: { url: webhookUrl, secret: webhookSecret } }),
    },
  }
}
