import type { LogEvent, SaidPart } from '@chatdesk/protocol'
import { sql } from 'kysely'
import { createMemoryHintBus } from '../../nodes/testing/memory-hint-bus.js'
import type { MemberActor, VisitorActor } from '../../organizations/actor.js'
import { createIdGenerator } from '../../platform/ids.js'
import { silentLogger } from '../../platform/logger.js'
import { createTenant } from '../../testing/create-tenant.js'
import type { TestDatabase } from '../../testing/test-database.js'
import { updateWidget } from '../../widgets/index.js'
import { createAssistant } from '../assistant.js'
import { createOpenAiProvider } from '../provider/openai-provider.js'
import { withRedaction } from '../provider/redacting-provider.js'
import { createWatchedClock } from '../provider/testing/watched-clock.js'
import { createAnswerWriter } from '../writing/answer-writer.js'
import type { ModelPrices } from '../writing/model-prices.js'
import { DEFAULT_BUDGETS, type UsageBudgets } from '../writing/usage-budgets.js'
import { createUsageMeter } from '../writing/usage-meter.js'
import { startModelStub } from './model-stub.js'

/** What was shown of a turn: its words as they grew, and how it ended. */
export interface ShownTurn {
  afterSeq: number
  drafts: string[]
  end: 'ended' | 'dropped' | null
}

/** A conversation of which the assistant's answers are written by a model on loopback. Timers run when they are told to. */
export async function createWritingScene(
  test: TestDatabase,
  { budgets = {}, prices = {} }: { budgets?: Partial<UsageBudgets>; prices?: ModelPrices } = {},
) {
  const { database } = test
  const [tenant, stub, clock, hints] = [
    await createTenant(database),
    await startModelStub(),
    createWatchedClock(),
    createMemoryHintBus(),
  ]
  const [visitor, agent] = [await tenant.addVisitor(), await tenant.addMember()]
  const { organizationId } = tenant
  const { widgetId } = visitor
  await database.transaction(organizationId, (transaction) =>
    updateWidget(transaction, { organizationId, widgetId, now: tenant.now.value }, { assistant: true }),
  )
  const conversationId = await tenant.addConversation(visitor)
  let timers: { run: () => void; delayMs: number }[] = []
  const shown: ShownTurn[] = []

  const create = () =>
    createAssistant({
      ...{ database, messages: tenant.messages, changes: tenant.feed, logger: silentLogger, hints },
      clock: () => tenant.now.value,
      generateId: createIdGenerator(),
      timers: {
        setTimeout(run, delayMs) {
          const timer = { run, delayMs }
          timers.push(timer)
          return () => {
            timers = timers.filter((other) => other !== timer)
          }
        },
      },
      isTeamThere: async () => true,
      speak({ afterSeq }) {
        const seen: ShownTurn = { afterSeq, drafts: [], end: null }
        shown.push(seen)
        return {
          say: (text) => void seen.drafts.push(text),
          end() {
            seen.end ??= 'ended'
          },
          drop() {
            seen.end ??= 'dropped'
          },
        }
      },
      writer: createAnswerWriter({
        provider: withRedaction(
          createOpenAiProvider({ baseUrl: stub.baseUrl, apiKey: 'sk-secret', model: 'm', fetch, clock }),
        ),
        meter: createUsageMeter({
          ...{ database, clock: () => tenant.now.value, generateId: createIdGenerator() },
          budgets: { ...DEFAULT_BUDGETS, ...budgets },
          prices,
        }),
        now: clock.now,
        logger: silentLogger,
      }),
    })
  const assistant = create()
  const idle = async () => {
    await assistant.idle()
    await tenant.messages.idle()
  }
  const say = async (text: string, who: VisitorActor | MemberActor = visitor) => {
    tenant.now.value = new Date(tenant.now.value.getTime() + 1)
    const parts: SaidPart[] = [{ type: 'text', text }]
    await tenant.backend.appendMessage(who, { conversationId, clientMessageId: tenant.clientId(), parts })
    await tenant.messages.idle()
  }
  /** Runs the timers of this delay, or those of none of the delays. */
  const fire = (which: (delayMs: number) => boolean) => {
    const due = timers.filter(({ delayMs }) => which(delayMs))
    timers = timers.filter((timer) => !due.includes(timer))
    for (const { run } of due) run()
  }
  /** Says something and lets the assistant begin; whatever it waits for, it waits. */
  const begin = async (text: string) => {
    await say(text)
    await idle()
    fire((delayMs) => delayMs === 700)
  }
  const log = async (): Promise<LogEvent[]> =>
    (await tenant.backend.loadHistory(agent, { conversationId, limit: 100 })).events

  return {
    ...{ tenant, stub, clock, hints, visitor, agent, widgetId, conversationId, assistant, shown, create },
    ...{ idle, say, fire, begin, log },
    async ask(text: string) {
      await begin(text)
      await idle()
    },
    /** Parts of what the assistant has said. */
    said: async () =>
      (await log()).flatMap((event) =>
        event.type === 'message.created' && event.author.kind === 'assistant' ? [event.parts] : [],
      ),
    async decisions() {
      const { rows } = await sql<{ rule: string; action: string; band: string | null; reason: string }>`
        select rule, action, band, reason from assistant_turns where conversation_id = ${conversationId}::uuid
        order by decided_at, id`.execute(database.system)
      return rows
    },
    async usage() {
      const { rows } = await sql<Record<string, unknown>>`
        select provider, model, prompt_tokens, completion_tokens, estimated, outcome, code from assistant_usage
        where conversation_id = ${conversationId}::uuid order by begun_at, id`.execute(database.system)
      return rows
    },
    async close() {
      await assistant.close()
      await stub.close()
    },
  }
}
