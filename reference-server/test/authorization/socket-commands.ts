import { randomUUID } from 'node:crypto'
import type { ErrorCode, ServerFrame } from '@chatdesk/protocol'
import type { Actor } from '../../src/organizations/actor.js'
import { type Action, isAllowed } from '../../src/organizations/policy.js'
import type { CommandHandlers } from '../../src/realtime/handlers/index.js'
import { COMMAND_HANDLERS } from '../../src/realtime/handlers/index.js'
import { connectWebSocket, type TestClient } from '../../src/realtime/testing/test-client.js'
import { say } from '../threats/scene.js'
import { changed } from './calls.js'
import type { Ids } from './expected.js'
import type { Caller, Stage } from './stage.js'

/** How a command is given, and what it asks the policy for; the compiler misses none. */
interface Command {
  action: Action
  /** Its fields beside its type. */
  of(conversationId: string): object
  /** It names no conversation, or says nothing of the one that it names: every id gets the same answer. */
  alike?: boolean
}

const COMMANDS: Record<keyof CommandHandlers, Command> = {
  'conversation.start': {
    action: 'conversation.start',
    of: () => ({ clientConversationId: randomUUID() }),
    alike: true,
  },
  'conversation.open': { action: 'conversation.open', of: (conversationId) => ({ conversationId }) },
  'visitor.update': { action: 'visitor.update', of: () => ({ facts: { locale: 'ta' } }), alike: true },
  'conversation.watch': { action: 'conversation.read', of: (conversationId) => ({ conversationId }) },
  'conversation.unwatch': { action: 'conversation.read', of: (conversationId) => ({ conversationId }), alike: true },
  'conversation.end': { action: 'conversation.end', of: (conversationId) => ({ conversationId }) },
  'message.send': { action: 'message.send', of: (conversationId) => say(conversationId, 'hello') },
  'message.markRead': { action: 'message.markRead', of: (conversationId) => ({ conversationId, upToSeq: 1 }) },
  'history.load': { action: 'conversation.read', of: (conversationId) => ({ conversationId, limit: 50 }) },
  'inbox.load': { action: 'inbox.read', of: () => ({ limit: 50 }), alike: true },
}

const TYPES = Object.keys(COMMAND_HANDLERS) as (keyof CommandHandlers)[]

/** Numbers that no log reaches, in every field that has one. */
const GREAT = 2 ** 53 - 1

/** A caller's connection, as its console or page opens it. */
export async function connect({ server }: Stage, { actor, headers }: Caller): Promise<TestClient> {
  const client = await connectWebSocket(server.url, { origin: server.origin })
  if (actor?.kind === 'visitor') await client.start(String(headers.authorization).replace('Bearer ', ''))
  else {
    const answer = await server.post('/api/auth/ticket', undefined, headers)
    await client.start(((await answer.json()) as { ticket: string }).ticket)
  }
  return client
}

const codeOf = (frame: ServerFrame) => ('error' in frame && frame.error ? frame.error.code : undefined)

/** One of each command, about this conversation. */
export function commandsOf(conversationId: string): { type: keyof CommandHandlers }[] {
  return TYPES.map((type) => ({ type, ...COMMANDS[type].of(conversationId) }))
}

/** Every command with every caller who can connect, and these ids; whatever is not as the policy says, in sentences. */
export async function runCommands(stage: Stage, ids: Ids): Promise<{ cases: number; deviations: string[] }> {
  const before = await stage.snapshot.digest(stage.foreignId)
  const deviations: string[] = []
  let cases = 0
  for (const caller of stage.callers)
    for (const type of canConnect(caller) ? TYPES : []) {
      cases++
      const wrong = await runCommand(stage, caller, type, ids)
      wrong.push(...changed(before, await stage.snapshot.digest(stage.foreignId)))
      await stage.snapshot.restore()
      deviations.push(...wrong.map((text) => `${caller.name}: ${type}, ${ids} ids: ${text}`))
    }
  deviations.push(...stage.log.filter((line) => line.includes(stage.canary)).map((line) => `logged: ${line}`))
  return { cases, deviations }
}

/** Nobody has no token; one of the API, or of a site, opens no connection. */
function canConnect({ actor, isUser = false }: Caller): boolean {
  if (isUser) return false
  return actor?.kind === 'visitor' || (actor?.kind === 'member' && actor.scopes === undefined)
}

async function runCommand(stage: Stage, caller: Caller, type: keyof CommandHandlers, ids: Ids): Promise<string[]> {
  const conversationId = String((ids === 'own' ? stage.own : stage.foreign).get('conversations')?.id)
  const client = await connect(stage, caller)
  const frame = await client.ask({ type, ...COMMANDS[type].of(conversationId) })
  client.close()
  await client.closed
  const expected = expectedCode(caller.actor as Actor, type, ids)
  const wrong: string[] = []
  if (codeOf(frame) !== expected) wrong.push(`${JSON.stringify(frame).slice(0, 200)}, instead of ${expected}`)
  if (JSON.stringify(client.frames).includes(stage.canary)) wrong.push('told what is of the other organization')
  return wrong
}

function expectedCode(actor: Actor, type: keyof CommandHandlers, ids: Ids): ErrorCode | undefined {
  const { action, alike } = COMMANDS[type]
  if (!isAllowed(actor, action)) return 'FORBIDDEN'
  // To a visitor another visitor's conversation is as foreign as any.
  return !alike && (ids === 'foreign' || actor.kind === 'visitor') ? 'NOT_FOUND' : undefined
}

/** Every command of somebody who may give it, with numbers beyond every log: the codes that were answered. */
export async function runGreatNumbers(stage: Stage): Promise<(string | undefined)[]> {
  const conversationId = String(stage.own.get('conversations')?.id)
  const client = await connect(stage, stage.caller('agent'))
  const commands = [
    { type: 'message.markRead', conversationId, upToSeq: GREAT },
    { type: 'history.load', conversationId, limit: 50, beforeSeq: GREAT },
    { type: 'history.load', conversationId, limit: 50, afterSeq: GREAT },
    { type: 'conversation.watch', conversationId, cursor: { seq: GREAT, eventId: randomUUID() } },
  ]
  const frames = await Promise.all(commands.map((command) => client.ask(command)))
  client.close()
  await client.closed
  await stage.snapshot.restore()
  return frames.map(codeOf)
}
