import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FileLinkResponse } from '@chatdesk/protocol'
import { createTestServer, type TestServer } from '@chatdesk/server/testing'
import { type Browser, chromium } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumLaunchOptions } from '../../../scripts/test-environment/find-chromium.js'
import { refusedFiles, SCRIPT, takenFiles } from '../../src/files/testing/hostile-files.js'
import { uploadClient } from '../../src/files/testing/upload-client.js'

const REFUSED = refusedFiles()
const TAKEN = takenFiles()
const PLENTY = { points: 1e6, seconds: 1 }

describe('files that are sent to do harm', () => {
  let server: TestServer
  let headers: Record<string, string>
  let conversationId: string
  const paths = new Map<string, string>()
  beforeAll(async () => {
    const files = { bytesPerAuthor: 1e9, uploadsPerAddress: PLENTY, downloadsPerAddress: PLENTY }
    server = await createTestServer({ limits: { callsPerAddress: PLENTY, messagesPerSession: PLENTY, files } })
    const { token } = await server.initVisitor()
    headers = { authorization: `Bearer ${token}` }
    const started = await server.post('/api/widget/conversations', {}, headers)
    conversationId = ((await started.json()) as { conversation: { id: string } }).conversation.id
  })
  afterAll(() => server.close())

  it('are more than two hundred', () => {
    expect(REFUSED.length + TAKEN.length).toBeGreaterThan(300)
  })

  it('threats 58 and 59: pages, programs, bombs, and what is not what it says, are refused', async () => {
    const files = uploadClient(server, headers)
    for (const file of REFUSED) {
      const answer = await files.send(file)
      expect(answer.code, `${JSON.stringify(file.name)} ${file.mediaType} ${file.bytes.subarray(0, 30)}`).toMatch(
        /^FILE_/,
      )
    }
    expect(await server.database.system.selectFrom('files').select('id').execute()).toEqual([])
  }, 120_000)

  it('threats 58 and 59: what is taken has a plain name, and is served as what it is, never as a page', async () => {
    const files = uploadClient(server, headers)
    for (const file of TAKEN) {
      const { upload } = await files.send(file)
      const part = upload?.file
      expect(part, JSON.stringify(file.name)).toBeTruthy()
      expect(part?.name).toMatch(/^[^\p{C}/\\<>:"|?*]{1,130}\.(png|jpg|gif|webp|pdf|txt)$/u)
      const parts = [{ type: 'file', fileId: upload?.id }]
      const said = { clientMessageId: randomUUID(), parts }
      expect((await server.post(`/api/widget/conversations/${conversationId}/messages`, said, headers)).status).toBe(
        201,
      )
      const link = await server.get(`/api/widget/conversations/${conversationId}/files/${upload?.id}`, headers)
      const { path } = (await link.json()) as FileLinkResponse
      const answer = await server.get(path)
      const served = Object.fromEntries(answer.headers)
      const isImage = part?.mediaType.startsWith('image/')
      expect(served['content-type']?.split(';')[0]).toBe(part?.mediaType)
      expect(served['content-disposition']).toMatch(isImage ? /^inline; / : /^attachment; /)
      expect(served['content-disposition']).toMatch(/^\w+; filename="[\w .()-]+"; filename\*=UTF-8''[\w%.!~-]+$/)
      expect(served).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
        'cross-origin-resource-policy': 'cross-origin',
        'referrer-policy': 'no-referrer',
      })
      expect(served['set-cookie']).toBeUndefined()
      expect(served['access-control-allow-origin']).toBeUndefined()
      const bytes = Buffer.from(await answer.arrayBuffer())
      if (isImage) expect(bytes.includes(SCRIPT)).toBe(false)
      paths.set(path, part?.mediaType ?? '')
    }
  }, 120_000)

  it('threat 58: opened in a browser, in a frame, as a script, a style, an object or a picture, they run nothing', async () => {
    const asked: string[] = []
    const site = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>safe</title>')
    })
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    let browser: Browser | undefined
    try {
      browser = await chromium.launch(chromiumLaunchOptions())
      const page = await browser.newPage()
      const errors: string[] = []
      page.on('dialog', (dialog) => void errors.push(dialog.message()))
      const requests: string[] = []
      page.on('request', (request) => void requests.push(request.url()))
      await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
      const urls = [...paths.keys()].map((path) => server.url + path)
      // In a page of another site, in every way in which one can be brought to load them.
      const loaded = await page.evaluate(async (all) => {
        addEventListener('message', ({ data }) => {
          document.title = `heard ${data}`
        })
        const add = (name: string, attribute: string, url: string) => {
          const element = document.createElement(name)
          if (name === 'link') element.setAttribute('rel', 'stylesheet')
          element.setAttribute(attribute, url)
          document.body.append(element)
          return new Promise<string>((resolve) => {
            element.onload = () => resolve(`${name} loaded`)
            element.onerror = () => resolve(`${name} failed`)
          })
        }
        const outcomes: string[] = []
        for (const [index, url] of all.entries()) {
          outcomes.push(await add('script', 'src', url), await add('link', 'href', url))
          await add('img', 'src', url)
          if (index % 4 > 0) continue
          // What is saved, or may stand in no frame, says nothing when it is done.
          for (const [name, attribute] of [
            ['iframe', 'src'],
            ['object', 'data'],
            ['embed', 'src'],
          ] as const)
            void add(name, attribute, url)
        }
        return outcomes.filter((outcome) => outcome.endsWith('loaded'))
      }, urls)
      await page.waitForLoadState('networkidle')
      expect(loaded).toEqual([])
      expect(await page.title()).toBe('safe')
      // On their own, as a page of ours.
      const images = [...paths].filter(([, mediaType]) => mediaType.startsWith('image/'))
      for (const [path] of images.filter((_, index) => index % 4 === 0)) {
        await page.goto(server.url + path)
        expect(await page.title()).not.toContain('hacked')
      }
      expect(errors).toEqual([])
      expect([...requests, ...asked].filter((url) => url.includes('hacked'))).toEqual([])
    } finally {
      await browser?.close()
      site.close()
    }
  }, 180_000)
})
