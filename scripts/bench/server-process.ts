import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const COLLECT_EVERY_MS = 1_000
/** Before memory is measured. */
const COLLECTIONS = 3

/** What a process holds, in bytes. */
export interface Memory {
  rss: number
  heap: number
}

/** A server, or whoever loads it, in its own process, which ends with ours. */
export interface ServerProcess {
  base: string
  /** What the server said beside its port. */
  greeting: Record<string, string>
  /** What it holds now that cannot be collected. */
  memory(): Promise<Memory>
  stop(): Promise<void>
}

/**
 * Forks a script that listens on loopback and says `{ port, … }` when it is ready. `frugal`: it collects its garbage all the
 * time, so that what it holds is what it needs; slow, and for measuring memory only.
 */
export async function forkServer(
  script: URL,
  args: readonly string[],
  { frugal = false } = {},
): Promise<ServerProcess> {
  const path = fileURLToPath(script)
  const execArgv = ['--import', 'tsx', ...(frugal ? ['--expose-gc', '--max-semi-space-size=1'] : [])]
  const child: ChildProcess = fork(path, args, { execArgv, stdio: 'inherit' })
  const ended = once(child, 'exit')
  const hear = <T>(): Promise<T> =>
    Promise.race([
      once(child, 'message').then(([message]) => message as T),
      ended.then(([code]) => Promise.reject(new Error(`${path} ended with code ${code} before it answered`))),
    ])
  const greeting = await hear<{ port: number } & Record<string, string>>()
  return {
    base: `http://127.0.0.1:${greeting.port}`,
    greeting,
    memory() {
      child.send('memory')
      return hear<Memory>()
    },
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM')
      await ended
    },
  }
}

/** The other side of `forkServer`: says where it listens and what it holds, and ends when its parent does. */
export function announce(greeting: { port: number } & Record<string, string | number>): void {
  process.once('disconnect', () => process.exit(0))
  process.once('SIGTERM', () => process.exit(0))
  if (globalThis.gc) setInterval(globalThis.gc, COLLECT_EVERY_MS)
  process.on('message', async () => {
    // What one collection frees lets the next one give pages back.
    await pause(COLLECTIONS * COLLECT_EVERY_MS)
    const { rss, heapUsed } = process.memoryUsage()
    process.send?.({ rss, heap: heapUsed } satisfies Memory)
  })
  process.send?.(greeting)
}
