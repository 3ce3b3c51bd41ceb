import { expect, it } from 'vitest'
import { createChatServer } from '../src/create-chat-server.js'
import { listRoutes } from '../src/testing/list-routes.js'

/** Files of the widget and the console, and the demo's pages: they are the same for everybody. */
const FILES = /^\/(?!api\/)/

it('threat 31: every route says who may call it, and what it takes', () => {
  const chat = createChatServer({ database: { memory: true } })
  const routes = listRoutes(chat.router).filter(({ path }) => !FILES.test(path) || path.endsWith('z'))
  const named = ({ method, path }: (typeof routes)[number]) => `${method} ${path}`
  expect(routes.filter(({ access }) => access === undefined).map(named)).toEqual([])
  // Bad input can be made for those only that say what they take: `declareAccess(access, handler, { body, query })`.
  expect(routes.filter(({ input }) => input === undefined).map(named)).toEqual([])
  const paths = routes.map(named)
  expect(paths).toContain('post /api/auth/sign-in')
  expect(paths).toContain('get /api/chat-widget/audit')
  expect(paths).toContain('get /api/widget/conversations/:id/messages')
})
