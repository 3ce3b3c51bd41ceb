import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Action } from '../../src/organizations/policy.js'
import { callsOf, send } from './calls.js'
import { commandsOf, connect } from './socket-commands.js'
import { createStage, type Stage } from './stage.js'

const GUEST = 'visiting super_admin'

/** What a guest may see without a trace, and why: it tells nothing of the people who talk with this organization. */
const WITHOUT_TRACE: Partial<Record<Action | 'session', string>> = {
  session: 'of themselves',
  'organization.list': 'what there is to visit',
  'organization.read': 'its name',
  'member.list': 'who works there, for whoever looks after the server',
  'member.invite': 'who will',
  'apiToken.list': 'names of programs',
  'audit.read': 'it tells of members, and of guests',
  'department.list': 'settings',
  'tag.list': 'settings',
  'team.list': 'who works there, for whoever looks after the server',
  'routing.read': 'settings',
  'cannedReply.list': 'settings',
  'macro.list': 'settings',
  'widget.list': 'settings',
  'widget.read': 'settings',
  'installation.list': 'addresses of sites',
  'identityKey.list': 'settings',
  'webhook.list': 'settings',
  'paymentAccount.read': 'settings',
  'assistant.read': 'settings and sums',
  'knowledge.list': 'what every visitor is told',
  'analytics.read': 'sums',
}

let stage: Stage
beforeAll(async () => {
  stage = await createStage('Postgres')
})
afterAll(() => stage.close())

/** How many entries of the trail of those who are visited tell of a guest's reading; what has been done goes back. */
async function tracesOf(read: () => Promise<boolean>): Promise<number | 'refused'> {
  const count = async () =>
    (
      await stage.server.database.system
        .selectFrom('audit_entries')
        .select('content')
        .where('organization_id', '=', stage.ownId)
        .execute()
    ).filter(({ content }) => content.actor?.visiting && /\.(read|list)$/.test(content.action)).length
  const before = await count()
  const isAnswered = await read()
  const after = await count()
  await stage.snapshot.restore()
  return isAnswered ? after - before : 'refused'
}

it('threat 38: whatever route tells a guest of people leaves a trace, and one that leaves none says why', async () => {
  const wrong: string[] = []
  let traced = 0
  for (const route of stage.routes.filter(({ access, method }) => /member/.test(access.for) && method === 'get')) {
    const action = 'action' in route.access ? route.access.action : 'session'
    for (const call of callsOf(stage, route, 'own')) {
      const { headers } = stage.caller(GUEST)
      const traces = await tracesOf(async () => (await send(stage, route, call, headers)).status < 300)
      const expected = WITHOUT_TRACE[action] === undefined ? 1 : 0
      if (traces !== expected) wrong.push(`${route.path} (${action}): ${traces} traces, instead of ${expected}`)
      traced += expected
    }
  }
  expect(wrong).toEqual([])
  expect(traced).toBeGreaterThan(2)
}, 60_000)

it('threat 38: so does every command that is answered over a connection', async () => {
  const left: Record<string, number | 'refused'> = {}
  for (const command of commandsOf(String(stage.own.get('conversations')?.id))) {
    const client = await connect(stage, stage.caller(GUEST))
    left[command.type] = await tracesOf(async () => {
      const answer = await client.ask({ ...command })
      return !('ok' in answer && !answer.ok)
    })
    client.close()
  }
  expect(left).toEqual({
    'conversation.start': 'refused',
    'conversation.open': 'refused',
    'visitor.update': 'refused',
    'conversation.watch': 1,
    // Says only what is not to be sent any more.
    'conversation.unwatch': 0,
    'conversation.end': 'refused',
    'message.send': 'refused',
    'message.markRead': 'refused',
    'history.load': 1,
    'inbox.load': 1,
  })
}, 60_000)
