import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A server in its own process, which ends with ours. */
export interface ServerProcess {
  base: string
  /** What the server said beside its port. */
  greeting: Record<string, string>
  stop(): Promise<void>
}

/** Forks a script of this folder that listens on loopback and says `{ port, … }` when it is ready. */
export async function forkServer(script: string, args: readonly string[]): Promise<ServerProcess> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child: ChildProcess = fork(path, args, { execArgv: ['--import', 'tsx'], stdio: 'inherit' })
  const ended = once(child, 'exit')
  const [greeting] = (await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => Promise.reject(new Error(`${script} ended with code ${code} before it listened`))),
  ])) as [{ port: number } & Record<string, string>]
  return {
    base: `http://127.0.0.1:${greeting.port}`,
    greeting,
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM')
      await ended
    },
  }
}

/** The other side of `forkServer`: says where it listens, and ends when its parent does. */
export function announce(greeting: { port: number } & Record<string, string | number>): void {
  process.once('disconnect', () => process.exit(0))
  process.once('SIGTERM', () => process.exit(0))
  process.send?.(greeting)
}
