import { errorBody } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestServer, type TestServer } from '../testing/index.js'

let server: TestServer
beforeAll(async () => {
  server = await createTestServer()
})
afterAll(() => server.close())

const upload = async (headers: Record<string, string>, body: FormData | string) => {
  const answer = await fetch(`${server.url}/api/widget/upload`, {
    method: 'POST',
    headers: { origin: server.origin, ...headers },
    body,
  })
  return { status: answer.status, cors: answer.headers.get('access-control-allow-origin'), body: await answer.json() }
}

it('[E3] a file is refused with a code that says that trying again does not help, and left unread', async () => {
  const { token } = await server.initVisitor()
  const form = new FormData()
  form.set('file', new Blob(['x'.repeat(100_000)], { type: 'image/png' }), 'picture.png')
  for (const body of [form, 'not even a form']) {
    const answer = await upload({ authorization: `Bearer ${token}` }, body)
    expect(answer).toMatchObject({ status: 501, cors: server.origin })
    expect(errorBody.parse(answer.body).error).toMatchObject({ code: 'NOT_SUPPORTED' })
  }
})

it('who has no session is not even told that', async () => {
  for (const headers of [{}, { authorization: 'Bearer vs_nobody' }])
    expect(await upload(headers, 'x')).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHENTICATED' } } })
})
