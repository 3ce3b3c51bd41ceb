import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../scripts/test-environment/free-port.js'

/** What `npm start` runs after the build. */
export const STANDALONE = fileURLToPath(new URL('../../reference-server/dist/standalone.js', import.meta.url))

const START = fileURLToPath(new URL('../../scripts/start.js', import.meta.url))

/** The variable that names the data directory which one first start has left; making a database takes seconds. */
export const FIRST_DATA = 'CHATDESK_E2E_FIRST_DATA'

/** How long a start may take; the first one makes a database. */
const START_MS = 75_000

/** A process that has ended. */
export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** The demo server as its own process, with an address and data that outlive a restart. */
export class ChatServer {
  readonly url: string
  #child: ChildProcess | undefined
  #log = ''

  private constructor(
    readonly port: number,
    readonly dataDir: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {
    this.url = `http://127.0.0.1:${port}`
  }

  /**
   * Starts a server on a free port, with a data directory as after a first start or, with a `DATABASE_URL`, an empty one.
   *
   * @param environment or what makes it, where it names the server's own address.
   */
  static async launch(environment: NodeJS.ProcessEnv | ((url: string) => NodeJS.ProcessEnv) = {}): Promise<ChatServer> {
    // The server makes the directory itself, beside which it works: so it gets a folder around it.
    const dataDir = join(mkdtempSync(join(tmpdir(), 'chatdesk-e2e-')), 'data')
    const port = await freePort()
    const given = typeof environment === 'function' ? environment(`http://127.0.0.1:${port}`) : environment
    const made = process.env[FIRST_DATA]
    // A demo of another kind begins with nothing.
    if (made && !given.DATABASE_URL && !given.CHATDESK_DEMO) cpSync(made, dataDir, { recursive: true })
    const server = new ChatServer(port, dataDir, given)
    await server.start()
    return server
  }

  /** Everything that it has ever printed, over all its starts. */
  get log(): string {
    return this.#log
  }

  /** Starts the process again, at the same address and with the same data, and waits until it is ready. */
  async start(): Promise<void> {
    const child = spawnServer({ PORT: String(this.port), CHATDESK_DATA_DIR: this.dataDir, ...this.environment })
    this.#child = child
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#log += chunk
      })
    const deadline = Date.now() + START_MS
    while (!(await this.#isReady())) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not start:\n${this.#log}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async #isReady(): Promise<boolean> {
    const answer = await fetch(`${this.url}/readyz`).catch(() => undefined)
    return answer?.ok ?? false
  }

  /** Asks it to stop, as an operator would; returns its exit code. */
  async terminate(): Promise<number | null> {
    return this.#end('SIGTERM')
  }

  /** Takes its life without a word, as a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Ends it and removes its data. */
  async dispose(): Promise<void> {
    await this.kill()
    rmSync(dirname(this.dataDir), { recursive: true, force: true })
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
    return child.exitCode
  }
}

/** Starts the server where it is expected to refuse, and waits for its end. */
export async function startToEnd(environment: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawnServer(environment)
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.on('data', (chunk: Buffer) => {
      said[name] += chunk
    })
  // A server that starts after all must not outlive the test.
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS)
  await once(child, 'close')
  clearTimeout(timer)
  return { code: child.exitCode, ...said }
}

/** What `npm start` runs, as it is: in the demo that it chooses itself. */
export function spawnDemo(environment: NodeJS.ProcessEnv): { said(): string; stop(): Promise<void> } {
  const child = spawnServer({ CHATDESK_DEMO: undefined, ...environment }, START)
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += chunk
    })
  return {
    said: () => said,
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

function spawnServer(environment: NodeJS.ProcessEnv, program = STANDALONE): ChildProcess {
  const { PATH, HOME } = process.env
  return spawn(process.execPath, [program], {
    // Only what a test names, so that the machine's own settings cannot change its outcome.
    env: { PATH, HOME, CHATDESK_DEMO: 'bare', LOG_LEVEL: 'info', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
