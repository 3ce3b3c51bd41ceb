// Plain JavaScript, like start.js: it runs before anything is built, and starts twice as fast so.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Builds workspaces in the order of their dependencies; what has not changed comes from the cache.
 * @param {readonly string[]} filters workspaces by turbo's filter syntax
 * @param {{ quiet?: boolean }} [options] quiet: print only what fails
 * @returns {number} exit code
 */
export function build(filters, { quiet = false } = {}) {
  const args = ['run', 'build', ...filters.map((filter) => `--filter=${filter}`)]
  const run = spawnSync(`${root}node_modules/.bin/turbo`, quiet ? [...args, '--output-logs=errors-only'] : args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    encoding: 'utf8',
    // Nothing phones home.
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' },
  })
  if (run.error) throw run.error
  if (quiet && run.status !== 0) process.stderr.write(`${run.stdout}${run.stderr}`)
  return run.status ?? 1
}

/** Everything that is published or served; the stories are built by `npm run storybook:build`. */
export const PRODUCT = ['!@chatdesk/stories']

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = build(PRODUCT, { quiet: process.argv.includes('--quiet') })
}
