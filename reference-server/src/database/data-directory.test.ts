import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createDatabase } from './create-database.js'
import { openDataDirectory } from './data-directory.js'

let parent: string
let path: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'chatdesk-'))
  path = join(parent, 'data')
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

it('a second opening is refused with one sentence, until the first has gone', () => {
  const first = openDataDirectory(path)
  expect(() => openDataDirectory(path)).toThrow(`The data directory ${path} is in use by process ${process.pid}.`)
  first.release()
  first.release()
  openDataDirectory(path).release()
})

it('a lock that another has taken over meanwhile is left to it', () => {
  const first = openDataDirectory(path)
  writeFileSync(lock(), '1 other-host')
  first.release()
  expect(readFileSync(lock(), 'utf8')).toBe('1 other-host')
})

const QUICK = { beatMs: 20, staleMs: 200 }
const lock = () => join(path, 'lock')

it('a living process keeps its lock, a dead one loses it', () => {
  openDataDirectory(path).release()
  writeFileSync(lock(), '1')
  expect(() => openDataDirectory(path)).toThrow('in use by process 1.')
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  writeFileSync(lock(), `${pid} ${hostname()}`)
  const directory = openDataDirectory(path)
  expect(readFileSync(lock(), 'utf8')).toBe(`${process.pid} ${hostname()}`)
  directory.release()
  expect(existsSync(lock())).toBe(false)
})

it.each([
  ['our own pid, as of an earlier life of this container', () => `${process.pid} ${hostname()}`],
  ['a process of another host', () => '1 other-host'],
])('a lock of %s that nobody touches is taken over', (_, content) => {
  openDataDirectory(path).release()
  writeFileSync(lock(), content())
  openDataDirectory(path, QUICK).release()
})

it.each([
  ['our own pid, as of a twin of this container', () => `${process.pid} ${hostname()}`, '.'],
  ['a process of another host', () => '1 other-host', ' on other-host.'],
])('a lock of %s that is being touched is kept', async (_, content, where) => {
  openDataDirectory(path).release()
  writeFileSync(lock(), content())
  const beating = `setInterval(() => require('fs').writeFileSync(${JSON.stringify(lock())}, ${JSON.stringify(content())}, { flag: 'r+' }), 20)`
  const twin = spawn(process.execPath, ['-e', `${beating}; console.log('beats')`])
  try {
    await once(twin.stdout, 'data')
    expect(() => openDataDirectory(path, { beatMs: 20, staleMs: 60_000 })).toThrow(
      `in use by process ${Number.parseInt(content(), 10)}${where}`,
    )
    expect(readFileSync(lock(), 'utf8')).toBe(content())
  } finally {
    twin.kill('SIGKILL')
    await once(twin, 'exit')
  }
})

it('touches its lock for as long as it holds it', async () => {
  const directory = openDataDirectory(path, QUICK)
  const { mtimeMs } = statSync(lock())
  await expect.poll(() => statSync(lock()).mtimeMs).toBeGreaterThan(mtimeMs)
  directory.release()
  await new Promise((resolve) => setTimeout(resolve, 3 * QUICK.beatMs))
  expect(existsSync(lock())).toBe(false)
})

it.each(['', 'not a number', '-4'])('a lock that says %j is nobody’s', (content) => {
  openDataDirectory(path).release()
  writeFileSync(join(path, 'lock'), content)
  openDataDirectory(path).release()
})

it('a path that cannot be a directory is refused with one sentence', () => {
  writeFileSync(path, '')
  expect(() => openDataDirectory(path)).toThrow(`The data directory ${path} cannot be written`)
})

it.skipIf(!existsSync('/proc/self'))('a path that a file system refuses to make is refused with one sentence', () => {
  expect(() => openDataDirectory('/proc/nope/data')).toThrow('The data directory /proc/nope/data cannot be written')
})

it('keeps its rows, and starts over after a death in the middle of the first creation', async () => {
  const directory = openDataDirectory(path)
  directory.release()
  // What is left when a process dies while Postgres makes its files.
  const { creationPath } = directory
  rmSync(creationPath, { recursive: true, force: true })
  writeFileSync(creationPath, 'half of a database')
  const first = createDatabase({ dataDir: path })
  expect(await first.open()).toEqual({ durability: 'C' })
  await first.migrate()
  const id = '01890000-0000-7000-8000-000000000000'
  await first.system.insertInto('organizations').values({ id, name: 'Acme', created_at: new Date() }).execute()
  await expect(createDatabase({ dataDir: path }).open()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await first.close()

  const second = createDatabase({ dataDir: path })
  await second.migrate()
  expect(await second.system.selectFrom('organizations').select('name').execute()).toEqual([{ name: 'Acme' }])
  await second.close()
})
