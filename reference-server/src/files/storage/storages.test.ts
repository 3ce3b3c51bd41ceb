import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type S3TestServer, startS3Server } from '../testing/s3-server.js'
import { testFileStorage } from '../testing/test-file-storage.js'
import { diskStorage } from './disk-storage.js'
import { s3Storage } from './s3-storage.js'

const KEY = '01900000-0000-7000-8000-000000000001/0123456789abcdef'

testFileStorage('on disk', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'chatdesk-disk-'))
  return { storage: diskStorage(directory), close: () => rm(directory, { recursive: true }) }
})

testFileStorage('in a bucket', async () => {
  const server = await startS3Server()
  return { storage: s3Storage(server.options), close: server.close }
})

describe('on disk', () => {
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'chatdesk-disk-'))
  })
  afterAll(() => rm(directory, { recursive: true }))

  it('leaves no half of a file, and lets nobody else read it', async () => {
    const storage = diskStorage(directory)
    await storage.write(KEY, Buffer.from('x'))
    const [organization = '', name = ''] = KEY.split('/')
    expect(await readdir(join(directory, organization))).toEqual([name])
    expect((await stat(join(directory, KEY))).mode & 0o077).toBe(0)
  })
  it('says that the disk fails, and where only to the log', async () => {
    const storage = diskStorage('/dev/null/nowhere')
    const failure = await storage.write(KEY, Buffer.from('x')).catch((error) => error)
    expect(failure).toMatchObject({ code: 'UNAVAILABLE' })
    expect(failure.message).not.toContain('/dev/null')
  })
})

describe('in a bucket', () => {
  let server: S3TestServer
  beforeAll(async () => {
    server = await startS3Server()
  })
  afterAll(() => server.close())

  it('is refused without the right key, which is told to nobody', async () => {
    const failure = await s3Storage({ ...server.options, secretAccessKey: 'another secret' })
      .write(KEY, Buffer.from('x'))
      .catch((error) => error)
    expect(failure).toMatchObject({ code: 'UNAVAILABLE' })
    expect(`${failure.message} ${failure.cause}`).not.toContain('another secret')
    expect(server.objects.size).toBe(0)
  })
  it('tries again what fails for a moment, and gives up what does not end', async () => {
    const storage = s3Storage(server.options)
    server.failNext(503, 1)
    await storage.write(KEY, Buffer.from('x'))
    expect(server.objects.size).toBe(1)
    server.failNext(503, 3)
    await expect(storage.read(KEY)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
  it('does not take a bucket that is not there for an object that is not', async () => {
    const storage = s3Storage({ ...server.options, url: server.options.url.replace('bucket', 'none') })
    await expect(storage.write(KEY, Buffer.from('x'))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})
