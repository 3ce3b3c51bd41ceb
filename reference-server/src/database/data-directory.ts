import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { ChatError } from '@chatdesk/protocol'

/** A data directory that is ours alone until `release`. */
export interface DataDirectory {
  /** Where PGlite's files are, or will be. */
  readonly databasePath: string
  /** Where they are made at first; moved to `databasePath` when whole. */
  readonly creationPath: string
  /** Gives the directory free; safe to call twice. */
  release(): void
}

/** Signs of life of a lock's holder, in milliseconds. */
export interface LockSigns {
  /** How often the holder touches its lock. */
  beatMs: number
  /** A lock that was not touched for so long has no holder: longer than any query may stop our only thread. */
  staleMs: number
}

/** Who wrote a lock. */
interface Holder {
  pid: number
  host: string
}

/** Lock files of this very process, and what ends their beat. */
const held = new Map<string, () => void>()

/**
 * Locks a data directory for this process. PGlite has no lock of its own: two processes on one directory lose rows
 * without an error. The lock is a file with its holder's pid and host, which the holder touches all the time. On this host
 * a pid says who lives. In containers it does not, for there every server is process 1: whether such a lock is
 * alive is seen by watching it.
 */
export function openDataDirectory(path: string, signs: LockSigns = { beatMs: 2_000, staleMs: 15_000 }): DataDirectory {
  const directory = resolve(path)
  const lock = join(directory, 'lock')
  try {
    makeDirectory(directory)
    acquire(lock, path, signs.staleMs)
  } catch (error) {
    if (ChatError.isInstance(error)) throw error
    throw new ChatError('UNAVAILABLE', `The data directory ${path} cannot be written: ${describe(error)}`, {
      cause: error,
    })
  }
  const beat = setInterval(() => touch(lock), signs.beatMs).unref()
  held.set(lock, () => clearInterval(beat))
  const creationPath = join(directory, 'database.new')
  // A death in the middle of the first creation leaves a directory that Postgres cannot open.
  rmSync(creationPath, { recursive: true, force: true })
  return {
    databasePath: join(directory, 'database'),
    creationPath,
    release() {
      held.get(lock)?.()
      // Who was stopped for long may have lost it to another.
      if (held.delete(lock) && read(lock) === ownContent()) rmSync(lock, { force: true })
    },
  }
}

/** Node's own recursion never ends where a file system refuses with ENOENT, as below `/proc`. */
function makeDirectory(directory: string): void {
  if (existsSync(directory)) return
  makeDirectory(dirname(directory))
  try {
    mkdirSync(directory, { mode: 0o700 })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

function acquire(lock: string, path: string, staleMs: number): void {
  // Written aside and linked, so that nobody ever reads a lock without its holder.
  const candidate = `${lock}.${hostname()}.${process.pid}`
  writeFileSync(candidate, ownContent())
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (tryLink(candidate, lock)) return
      const content = read(lock)
      const holder = parseHolder(content)
      if (holder && isAlive(holder, lock, candidate, staleMs)) {
        const where = holder.host === hostname() ? '' : ` on ${holder.host}`
        throw new ChatError('UNAVAILABLE', `The data directory ${path} is in use by process ${holder.pid}${where}.`)
      }
      takeAway(lock, content)
    }
    throw new ChatError('UNAVAILABLE', `The data directory ${path} is being taken by another process.`)
  } finally {
    rmSync(candidate, { force: true })
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

function read(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function parseHolder(content = ''): Holder | undefined {
  const [, pid, host = hostname()] = /^([1-9]\d*)(?: (\S+))?$/.exec(content) ?? []
  return pid === undefined ? undefined : { pid: Number(pid), host }
}

function isAlive({ pid, host }: Holder, lock: string, candidate: string, staleMs: number): boolean {
  if (held.has(lock)) return true
  // Our own pid is an earlier life of this container, or its twin.
  if (host !== hostname() || pid === process.pid) return isTouched(lock, candidate, staleMs)
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** Watches a lock until it is touched, or too old. The file system's own clock tells: that of another host may differ. */
function isTouched(lock: string, candidate: string, staleMs: number): boolean {
  const seen = touchedAt(lock)
  for (;;) {
    touch(candidate)
    if (touchedAt(lock) !== seen) return true
    if (touchedAt(candidate) - seen > staleMs) return false
    // Nothing else runs yet: the server has not begun.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
  }
}

/** Milliseconds since the epoch; 0 when it has gone. */
function touchedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** Writes what stands there once more, if it is ours: the file system then notes the moment. */
function touch(file: string): void {
  try {
    if (read(file) === ownContent()) writeFileSync(file, ownContent(), { flag: 'r+' })
  } catch {
    // A disk that refuses this refuses the database too, and that is reported there.
  }
}

const ownContent = () => `${process.pid} ${hostname()}`

/** Removes a dead process's lock, and puts it back when somebody else has replaced it in between. */
function takeAway(lock: string, expected: string | undefined): void {
  const aside = `${lock}.stale-${hostname()}.${process.pid}`
  try {
    renameSync(lock, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if (read(aside) !== expected) tryLink(aside, lock)
  unlinkSync(aside)
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
