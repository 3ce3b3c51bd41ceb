import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { canInstallDebianPackages, installDebianPackages } from './debian-packages.js'
import { freePort } from './free-port.js'

/** A Postgres that tests may do anything with. */
export interface ProvidedPostgres {
  /** Address of an administrator: who may create databases. */
  url: string
  /** One line that tells where it came from. */
  note: string
  /** Stops it and removes its files, if it was started here; safe to call twice. */
  stop(): Promise<void>
}

/** One that nobody else uses. */
export interface ThrowAwayPostgres extends ProvidedPostgres {
  /** Ends it: in good order (`stopped`), or as a crash of it would (`killed`). Its files stay. */
  end(how: 'stopped' | 'killed'): Promise<void>
  /** Starts it again on the same port, with what it had committed. */
  restart(): Promise<void>
}

/** The server that `CHATDESK_TEST_DATABASE_URL` names; else a throw-away one. `durable` keeps fsync on, for measuring. */
export async function providePostgres({ durable = false } = {}): Promise<ProvidedPostgres> {
  const given = process.env.CHATDESK_TEST_DATABASE_URL
  if (given) return { url: given, note: 'postgres: using CHATDESK_TEST_DATABASE_URL', stop: async () => {} }
  return startPostgres({ durable })
}

/**
 * A throw-away server, started from the machine's own binaries or, on Debian as root, from those that apt installs. What it
 * has committed survives a crash of its processes when it is `durable`, and else may not.
 */
export async function startPostgres({ durable = false } = {}): Promise<ThrowAwayPostgres> {
  let binaries = findBinaries()
  let origin = 'started a throw-away server'
  if (!binaries && canInstallDebianPackages()) {
    installDebianPackages('postgresql')
    binaries = findBinaries()
    origin = 'installed postgresql with apt and started a throw-away server'
  }
  if (!binaries)
    throw new Error('no Postgres here: install one, or name a server for tests in CHATDESK_TEST_DATABASE_URL')
  return start(binaries, origin, durable)
}

/** The folder that holds both `initdb` and `postgres`. */
function findBinaries(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

async function start(binaries: string, origin: string, durable: boolean): Promise<ThrowAwayPostgres> {
  const home = mkdtempSync(join(tmpdir(), 'chatdesk-postgres-'))
  const owner = unprivilegedOwner()
  if (owner) chownSync(home, owner.uid, owner.gid)
  const data = join(home, 'data')
  // Both refuse to run in a folder that they may not enter, and root's home is such a one.
  const as = { ...owner, cwd: home }
  try {
    const options = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']
    execFileSync(join(binaries, 'initdb'), ['-D', data, ...options], { ...as, stdio: 'pipe' })
    const port = await freePort()
    const settings = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=200',
      ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
    ]
    const flags = settings.flatMap((setting) => ['-c', setting])
    let server: ChildProcess | undefined
    const run = async () => {
      server = spawn(join(binaries, 'postgres'), ['-D', data, '-p', String(port), ...flags], {
        ...as,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      await untilReady(server)
    }
    const end = async (signal: NodeJS.Signals) => {
      if (!server || server.exitCode !== null || server.signalCode !== null) return
      const ended = once(server, 'exit')
      server.kill(signal)
      await ended
    }
    const clean = () => rmSync(home, { recursive: true, force: true })
    const atExit = () => {
      server?.kill('SIGQUIT')
      clean()
    }
    process.once('exit', atExit)
    await run()
    return {
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
      note: `postgres: ${origin} (${binaries})`,
      end: (how) => end(how === 'killed' ? 'SIGQUIT' : 'SIGINT'),
      restart: run,
      async stop() {
        process.off('exit', atExit)
        // It ends at once; its files are thrown away anyhow.
        await end('SIGQUIT')
        clean()
      },
    }
  } catch (error) {
    rmSync(home, { recursive: true, force: true })
    throw error
  }
}

/** Postgres refuses to run as root. */
function unprivilegedOwner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const user of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((flag) =>
        Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: 'pipe' })),
      ) as [number, number]
      return { uid, gid }
    } catch {
      // No such user: the next one.
    }
  }
  throw new Error('Postgres does not run as root, and there is no user postgres or nobody')
}

/** The server says on standard error when it is ready, or why it is not. */
function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stderr?.on('data', (chunk: Buffer) => {
      if (said.includes('ready to accept connections')) return
      said += chunk
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`Postgres did not start:\n${said.trim().slice(-2000)}`)))
  })
}
