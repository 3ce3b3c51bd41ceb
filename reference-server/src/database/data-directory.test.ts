import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
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

it('a living process keeps its lock, a dead one loses it', () => {
  openDataDirectory(path).release()
  writeFileSync(join(path, 'lock'), '1')
  expect(() => openDataDirectory(path)).toThrow('in use by process 1')
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  writeFileSync(join(path, 'lock'), String(pid))
  const directory = openDataDirectory(path)
  expect(readFileSync(join(path, 'lock'), 'utf8')).toBe(String(process.pid))
  directory.release()
  expect(existsSync(join(path, 'lock'))).toBe(false)
})

it('a lock with our own pid that we do not hold is from an earlier life, as in a container', () => {
  openDataDirectory(path).release()
  writeFileSync(join(path, 'lock'), String(process.pid))
  openDataDirectory(path).release()
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
  await first.query.insertInto('organizations').values({ id, name: 'Acme', created_at: new Date() }).execute()
  await expect(createDatabase({ dataDir: path }).open()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await first.close()

  const second = createDatabase({ dataDir: path })
  await second.migrate()
  expect(await second.query.selectFrom('organizations').select('name').execute()).toEqual([{ name: 'Acme' }])
  await second.close()
})
