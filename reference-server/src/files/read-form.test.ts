import { once } from 'node:events'
import { createServer, request as openRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { describe, expect, it } from 'vitest'
import { errorHandler } from '../http/error-handler.js'
import { silentLogger } from '../platform/logger.js'
import { createForms } from './read-form.js'

describe('createForms', () => {
  it('threat 62: forms that do not end keep those of their own network waiting, and no others', async () => {
    const withForm = createForms()
    const app = express()
    const begun = { heard: () => {} }
    app.post('/', (request, response) => {
      const answer = withForm(request, String(request.headers['x-network']), async ({ upload }) => upload.name)
      begun.heard()
      return answer.then((name) => void response.json(name))
    })
    app.use(errorHandler(silentLogger))
    const server = createServer(app).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const open = async (network: string) => {
      const heard = new Promise<void>((resolve) => (begun.heard = resolve))
      const headers = {
        'x-network': network,
        'content-type': 'multipart/form-data; boundary=b',
        'content-length': 1000,
      }
      const request = openRequest({ host: '127.0.0.1', port, method: 'POST', headers }).on('error', () => {})
      request.flushHeaders()
      await heard
      return request
    }
    const send = async (network: string) => {
      const body = new FormData()
      body.set('file', new Blob(['words']), 'a.txt')
      const answer = await fetch(`http://127.0.0.1:${port}`, {
        method: 'POST',
        headers: { 'x-network': network },
        body,
      })
      return answer.status
    }
    const slow = [await open('slow'), await open('slow')]
    expect([await send('slow'), await send('other')]).toEqual([429, 200])
    for (const request of slow) request.destroy()
    await expect.poll(() => send('slow')).toBe(200)
    server.close()
  })
})
