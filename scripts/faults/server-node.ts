import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const STANDALONE = fileURLToPath(new URL('../../reference-server/dist/standalone.js', import.meta.url))

/** One server process among several. */
export interface ServerNode {
  /** Whether there is a process; one that was started and not ended has failed otherwise. */
  readonly isRunning: boolean
  /** Starts it and waits until it may be sent work. */
  start(): Promise<void>
  /** Sends a signal and waits for the end; the answer is the exit code, null after SIGKILL. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>
}

/** The built standalone server on a port of loopback. */
export function createServerNode(port: number, variables: Record<string, string>): ServerNode {
  let child: ChildProcess | undefined
  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null
  return {
    get isRunning() {
      return isRunning()
    },
    async start() {
      const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'error', ...variables }
      const started = spawn(process.execPath, [STANDALONE], { env, stdio: ['ignore', 'pipe', 'inherit'] })
      child = started
      const kill = () => started.kill('SIGKILL')
      process.once('exit', kill)
      started.once('exit', () => process.off('exit', kill))
      const said = new Promise<void>((resolve, reject) => {
        // It is said once everything is mounted.
        started.stdout.once('data', () => resolve())
        started.once('exit', (code) => reject(new Error(`a node ended with code ${code} before it was ready`)))
      })
      await said
      // Whatever it says later is not ours to keep.
      started.stdout.resume()
    },
    async end(signal) {
      if (!child || !isRunning()) return null
      const ended = once(child, 'exit')
      child.kill(signal)
      const [code] = await ended
      return code
    },
  }
}
