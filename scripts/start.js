// `npm start`: builds what is missing, then becomes the demo server. In one process, so that signals and the exit code are the server's own.
import { build } from './build.js'

console.log('Building what is missing…')
const failed = build(['@chatdesk/server...'], { quiet: true })
if (failed) {
  console.error('The build failed; the reason stands above.')
  process.exit(failed)
}
process.env.CHATDESK_DEMO ??= '1'
await import(new URL('../reference-server/dist/standalone.js', import.meta.url).href)

// Told to stop, npm ends only the shell that it started us in. An orphan stops as if it had been told itself.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
}, 500).unref()
