import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { apiScope } from '@chatdesk/protocol/schemas'
import { expect, it } from 'vitest'
import { createChatServer } from '../src/create-chat-server.js'
import { listRoutes } from '../src/testing/list-routes.js'
import { routeTable } from './route-table.js'

const DOCUMENT = fileURLToPath(new URL('../../docs/admin-api.md', import.meta.url))

/** Puts a part made from the code between its marks. */
const fill = (text: string, name: string, made: string) =>
  text.replace(new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- end -->)`), (_all, begin, end) => begin + made + end)

/** After a change of routes: `npx vitest run --project server reference-server/test/admin-api.test.ts -u`. */
it('docs/admin-api.md lists every route for members and a site’s users, as the code has it', async () => {
  const routes = listRoutes(createChatServer({ database: { memory: true } }).router)
  const below = (path: string) => routes.filter((route) => route.path.startsWith(path))
  const scopes = `${apiScope.options.map((scope) => `\`${scope}\``).join(', ')}\n`
  let text = readFileSync(DOCUMENT, 'utf8')
  text = fill(text, 'scopes', scopes)
  text = fill(text, 'routes of /api/chat-widget', routeTable(below('/api/chat-widget/')))
  text = fill(text, 'routes of /api/auth', routeTable(below('/api/auth/')))
  text = fill(text, 'routes of /api/support/chat', routeTable(below('/api/support/chat/')))
  expect(text).toContain('| GET | `/api/support/chat/sessions/:id` |')
  expect(text).toContain('| GET | `/api/chat-widget/audit` |')
  expect(text).toContain('| POST | `/api/auth/sign-in` |')
  await expect(text).toMatchFileSnapshot(DOCUMENT)
})
