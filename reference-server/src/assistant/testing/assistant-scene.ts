import type { LogEvent, SaidPart } from '@chatdesk/protocol'
import { sql } from 'kysely'
import { createChangeFeed, createMessageLog } from '../../messages/index.js'
import type { MemberActor, VisitorActor } from '../../organizations/actor.js'
import { createIdGenerator } from '../../platform/ids.js'
import { silentLogger } from '../../platform/logger.js'
import { createBackend } from '../../server-backend.js'
import { createTenant, type Tenant } from '../../testing/create-tenant.js'
import type { TestDatabase } from '../../testing/test-database.js'
import { createWidgetFeed, updateWidget, type WidgetInput } from '../../widgets/index.js'
import { type Assistant, type AssistantContext, createAssistant } from '../assistant.js'

/** A question that the tenant's knowledge base answers. */
export const HOURS = 'When are you open?'

/** A conversation that a widget's assistant answers in, without a model. Timers run when they are told to. */
export type AssistantScene = Awaited<ReturnType<typeof openAssistantScene>>

/** What a test may change in the midst of it. */
interface Stage {
  /** Whoever writes, and where: what is said and looked at from now on is theirs. */
  visitor: VisitorActor
  conversationId: string
  assistant: Assistant
  teamOnline: boolean
  /** Turns ask for it: what it waits for, they wait for. */
  teamIsAsked: () => Promise<void>
  /** Those that have not run. */
  timers: (() => void)[]
  /** How long they wait, in milliseconds, of all that were ever set. */
  delays: number[]
}

/** Opens one for a tenant of its own in a test's database. Whoever opens it closes it. */
export async function openAssistantScene({ database }: TestDatabase, models: Pick<AssistantContext, 'searches'> = {}) {
  const tenant = await createTenant(database)
  const { organizationId } = tenant
  const [visitor, agent] = [await tenant.addVisitor(), await tenant.addMember()]
  const { widgetId } = visitor
  const widgetFeed = createWidgetFeed()

  const create = ({ messages, feed: changes } = tenant) =>
    createAssistant({
      ...{ ...models, database, messages, changes, logger: silentLogger, widgetFeed },
      clock: () => tenant.now.value,
      generateId: createIdGenerator(),
      timers: {
        setTimeout(run, ms) {
          stage.timers.push(run)
          stage.delays.push(ms)
          return () => {
            stage.timers = stage.timers.filter((other) => other !== run)
          }
        },
      },
      async isTeamThere() {
        await stage.teamIsAsked()
        return stage.teamOnline
      },
      speak: () => ({ say() {}, end() {}, drop() {} }),
    })
  /** Says something else of the widget. */
  const change = (said: WidgetInput) =>
    database.transaction(organizationId, (transaction) =>
      updateWidget(transaction, { organizationId, widgetId, now: tenant.now.value }, said),
    )
  const switchOn = (on: boolean) => change({ assistant: on })

  await switchOn(true)
  const stage: Stage = {
    ...{ visitor, conversationId: await tenant.addConversation(visitor), assistant: create() },
    ...{ teamOnline: true, teamIsAsked: async () => {}, timers: [], delays: [] },
  }

  const later = (ms: number) => {
    tenant.now.value = new Date(tenant.now.value.getTime() + ms)
  }
  const say = async (text: string, who: VisitorActor | MemberActor = stage.visitor, { backend } = tenant) => {
    later(1)
    const parts: SaidPart[] = [{ type: 'text', text }]
    const { conversationId } = stage
    await backend.appendMessage(who, { conversationId, clientMessageId: tenant.clientId(), parts })
    await tenant.messages.idle()
  }
  /** Another node, which tells this one nothing. */
  const otherNode = (): Tenant => {
    const changes = createChangeFeed(() => {})
    const context = { database, changes, clock: () => tenant.now.value, generateId: createIdGenerator() }
    const messages = createMessageLog(context)
    return { ...tenant, messages, feed: changes, backend: createBackend({ ...context, messages, widgetFeed }) }
  }
  /** Another node begins with this, and is heard of no more. */
  const dieWith = async (text: string) => {
    const node = otherNode()
    const dying = create(node)
    await say(text, stage.visitor, node)
    await dying.idle()
    await node.messages.idle()
    stage.timers = []
  }
  /** Runs all timers. */
  const fire = () => {
    for (const run of stage.timers.splice(0)) run()
  }
  /** Until nothing is under way. */
  const settle = async () => {
    await stage.assistant.sweep()
    await stage.assistant.idle()
    await tenant.messages.idle()
  }
  /** Until the assistant has said all that it has to say. */
  const think = async () => {
    await settle()
    fire()
    await settle()
  }
  const ask = async (text: string) => {
    await say(text)
    await think()
  }
  /** The agent ends the conversation. */
  const end = () => tenant.backend.endConversation(agent, { conversationId: stage.conversationId })
  const log = async (): Promise<LogEvent[]> =>
    (await tenant.backend.loadHistory(agent, { conversationId: stage.conversationId, limit: 100 })).events
  /** Parts of what the assistant has said, a message each. */
  const said = async () =>
    (await log()).flatMap((event) =>
      event.type === 'message.created' && event.author.kind === 'assistant' ? [event.parts] : [],
    )
  /** The same as one text each. */
  const words = async () => (await said()).map((parts) => parts.map(({ text }) => text).join(' '))
  /** Its row in the inbox. */
  const summary = async () => {
    const [row] = await tenant.backend.loadSummaries(organizationId, [stage.conversationId])
    if (!row) throw new Error('no row')
    return row
  }
  const decisions = async () => {
    const { rows } = await sql<{ rule: string; action: string; band: string | null; seq: number | null }>`
      select rule, action, band, seq from assistant_turns where conversation_id = ${stage.conversationId}::uuid
      order by decided_at, id`.execute(database.system)
    return rows
  }
  const tickets = () =>
    database.system
      .selectFrom('tickets')
      .select(['title', 'source', 'conversation_id', 'description'])
      .where('organization_id', '=', organizationId)
      .execute()
  /** Questions that nothing was known of. */
  const gaps = () =>
    database.system
      .selectFrom('knowledge_gaps')
      .select(['asked', 'question'])
      .where('organization_id', '=', organizationId)
      .execute()

  return Object.assign(stage, {
    ...{ tenant, agent, widgetFeed, create, change, switchOn, later, say, otherNode, dieWith },
    ...{ fire, settle, think, ask, end, log, said, words, summary, decisions, tickets, gaps },
    close: () => stage.assistant.close(),
  })
}
