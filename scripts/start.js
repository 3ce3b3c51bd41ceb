// `npm start`: builds what is missing, then becomes the demo server. In one process, so that signals and the exit code are the server's own.
import { build } from './build.js'
import { openDemoTill } from './demo-till.js'

console.log('Building what is missing…')
const failed = build(['@chatdesk/server...', '@chatdesk/razorpay-simulator'], { quiet: true })
if (failed) {
  console.error('The build failed; the reason stands above.')
  process.exit(failed)
}
process.env.CHATDESK_DEMO ??= '1'
const isWhole = process.env.CHATDESK_DEMO === '1' && !process.env.CHATDESK_RAZORPAY_URL
const connect = isWhole ? await openDemoTill() : undefined
await import(new URL('../reference-server/dist/standalone.js', import.meta.url).href)
await connect?.(`http://localhost:${process.env.PORT || 3001}`).catch((error) => {
  console.error(`No payments in this demo: ${error.message}`)
})

// Told to stop, npm ends only the shell that it started us in. An orphan stops as if it had been told itself.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
}, 500).unref()
