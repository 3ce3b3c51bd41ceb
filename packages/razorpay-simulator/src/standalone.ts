import { createRazorpaySimulator, DEFAULT_KEY } from './create-razorpay-simulator.js'
import { readEnvironment } from './read-environment.js'

const settings = readEnvironment(process.env)
if ('fault' in settings) {
  process.stderr.write(`razorpay-simulator: ${settings.fault}\n`)
  process.exit(1)
}

try {
  const simulator = createRazorpaySimulator(settings.options)
  const url = await simulator.start()
  const [key = { ...DEFAULT_KEY }] = simulator.keys
  process.stdout.write(
    `${[
      `Razorpay simulator: ${url}`,
      `  RAZORPAY_BASE_URL=${url}`,
      `  RAZORPAY_KEY_ID=${key.id}`,
      `  RAZORPAY_KEY_SECRET=${key.secret}`,
      ...(settings.options.webhook
        ? [`  webhooks to ${settings.options.webhook.url}`]
        : ['  no webhook: RAZORPAY_SIMULATOR_WEBHOOK_URL and _SECRET, or POST /__sim/webhooks']),
      `  checkout: ${url}/v1/checkout.js, controls: ${url}/__sim/openapi`,
    ].join('\n')}\n`,
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close())
} catch (error) {
  process.stderr.write(`razorpay-simulator: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
