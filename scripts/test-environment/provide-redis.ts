import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { canInstallDebianPackages, installDebianPackages } from './debian-packages.js'
import { freePort } from './free-port.js'

/** A Redis that tests may do anything with. */
export interface ProvidedRedis {
  url: string
  /** One line that tells where it came from. */
  note: string
  /** Ends it as a crash would; nothing of it is left but its port. */
  kill(): Promise<void>
  /** Starts it again on the same port, empty. */
  restart(): Promise<void>
  /** Stops it and removes its files; safe to call twice. */
  stop(): Promise<void>
}

/** A throw-away Redis, started from the machine's own binary or, on Debian as root, from the one that apt installs. */
export async function provideRedis(): Promise<ProvidedRedis> {
  let binary = findRedis()
  let origin = 'started a throw-away server'
  if (!binary && canInstallDebianPackages()) {
    installDebianPackages('redis-server')
    binary = findRedis()
    origin = 'installed redis-server with apt and started a throw-away server'
  }
  if (!binary) throw new Error('no Redis here: install redis-server')
  return start(binary, origin)
}

function findRedis(): string | undefined {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
  return folders.map((folder) => join(folder, 'redis-server')).find((path) => existsSync(path))
}

async function start(binary: string, origin: string): Promise<ProvidedRedis> {
  const home = mkdtempSync(join(tmpdir(), 'chatdesk-redis-'))
  const port = await freePort()
  let server: ChildProcess | undefined
  const kill = async () => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
  }
  const run = async () => {
    const settings = ['--bind', '127.0.0.1', '--port', String(port), '--dir', home, '--save', '', '--appendonly', 'no']
    server = spawn(binary, settings, { stdio: ['ignore', 'pipe', 'ignore'] })
    await untilReady(server)
  }
  const clean = () => rmSync(home, { recursive: true, force: true })
  const atExit = () => {
    server?.kill('SIGKILL')
    clean()
  }
  process.once('exit', atExit)
  const stop = async () => {
    process.off('exit', atExit)
    await kill()
    clean()
  }
  try {
    await run()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    note: `redis: ${origin} (${binary})`,
    kill,
    async restart() {
      await kill()
      await run()
    },
    stop,
  }
}

/** The server says on standard output when it is ready, or why it is not. */
function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stdout?.on('data', (chunk: Buffer) => {
      if (said.includes('Ready to accept connections')) return
      said += chunk
      if (said.includes('Ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`Redis did not start:\n${said.trim().slice(-2000)}`)))
  })
}
