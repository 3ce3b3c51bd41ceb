import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
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

/** Lock files of this very process: a file with our pid that is not among them was left by an earlier process. */
const held = new Set<string>()

/**
 * Locks a data directory for this process. PGlite has no lock of its own: two processes on one directory lose rows
 * without an error. The lock is a file with the pid of its holder; one whose holder is dead is taken over.
 */
export function openDataDirectory(path: string): DataDirectory {
  const directory = resolve(path)
  const lock = join(directory, 'lock')
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    acquire(lock, path)
  } catch (error) {
    if (ChatError.isInstance(error)) throw error
    throw new ChatError('UNAVAILABLE', `The data directory ${path} cannot be written: ${describe(error)}`, {
      cause: error,
    })
  }
  held.add(lock)
  const creationPath = join(directory, 'database.new')
  // A death in the middle of the first creation leaves a directory that Postgres cannot open.
  rmSync(creationPath, { recursive: true, force: true })
  return {
    databasePath: join(directory, 'database'),
    creationPath,
    release() {
      if (held.delete(lock)) rmSync(lock, { force: true })
    },
  }
}

function acquire(lock: string, path: string): void {
  // Written aside and linked, so that nobody ever reads a lock without its pid.
  const candidate = `${lock}.${process.pid}`
  writeFileSync(candidate, String(process.pid))
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (tryLink(candidate, lock)) return
      const holder = readPid(lock)
      if (holder !== undefined && isAlive(holder, lock))
        throw new ChatError('UNAVAILABLE', `The data directory ${path} is in use by process ${holder}.`)
      takeAway(lock, holder)
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

function readPid(lock: string): number | undefined {
  if (!existsSync(lock)) return undefined
  const pid = Number.parseInt(readFileSync(lock, 'utf8'), 10)
  return Number.isInteger(pid) && pid > 0 ? pid : undefined
}

function isAlive(pid: number, lock: string): boolean {
  // In a container every server is process 1: our own pid means an earlier life, unless we do hold the lock.
  if (pid === process.pid) return held.has(lock)
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** Removes a dead process's lock, and puts it back when somebody else has replaced it in between. */
function takeAway(lock: string, expected: number | undefined): void {
  const aside = `${lock}.stale-${process.pid}`
  try {
    renameSync(lock, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if (readPid(aside) !== expected) tryLink(aside, lock)
  unlinkSync(aside)
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
