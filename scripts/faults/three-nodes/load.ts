import { setTimeout as pause } from 'node:timers/promises'
import type { ChatClient } from '@chatdesk/core'
import type { AgentClient, AgentConversation } from '@chatdesk/core/agent'
import type { ChatServerApi } from '@chatdesk/server'
import { createAgent, createVisitor } from './people.js'

/** Visitors of one organization, which has one agent. */
const VISITORS_A_TEAM = 50
const PASSWORD = 'three-nodes'

/** A visitor and the agent who answers, each with what they have written, in order. */
export interface Pair {
  visitor: ChatClient
  agent: AgentClient
  /** The agent's side, once the visitor's first message has made the conversation. */
  answering: AgentConversation | undefined
  written: { visitor: string[]; agent: string[] }
}

/** Makes organizations, widgets and agents, and brings everybody online. */
export async function gather(api: ChatServerApi, url: string, visitors: number): Promise<Pair[]> {
  const pairs: Pair[] = []
  for (let team = 0; team * VISITORS_A_TEAM < visitors; team += 1) {
    const { organizationId } = await api.createOrganization({ name: `Team ${team}` })
    const email = `agent-${team}@three-nodes.test`
    await api.createMember({ organizationId, email, name: 'Asha Rao', role: 'agent', password: PASSWORD })
    const { key } = await api.createWidget({ organizationId, name: 'Three nodes', allowedOrigins: [url] })
    const agent = await createAgent({ url, address: `10.1.0.${team}` }, email, PASSWORD)
    await agent.start()
    const members = Math.min(VISITORS_A_TEAM, visitors - team * VISITORS_A_TEAM)
    const joined = Array.from({ length: members }, async (_, index): Promise<Pair> => {
      const visitor = createVisitor({ url, address: `10.2.${team}.${index}` }, key)
      await visitor.start()
      return { visitor, agent, answering: undefined, written: { visitor: [], agent: [] } }
    })
    pairs.push(...(await Promise.all(joined)))
  }
  return pairs
}

/** What a pair says, with pauses in between: the visitor `messages` times, the agent after every fifth. Resolves when all is confirmed. */
export async function talk(
  pair: Pair,
  messages: number,
  pauseMs: () => number,
  onConfirmed: () => void,
): Promise<void> {
  const { visitor, agent, written } = pair
  const confirmed: Promise<void>[] = []
  const say = (by: 'visitor' | 'agent', send: (text: string) => Promise<unknown>) => {
    const text = `${by} ${written[by].length + 1}`
    written[by].push(text)
    confirmed.push(send(text).then(onConfirmed))
  }
  for (let count = 1; count <= messages; count += 1) {
    await pause(pauseMs())
    say('visitor', (text) => visitor.sendMessage(text))
    if (count === 1) {
      await confirmed[0]
      pair.answering = agent.openConversation(visitor.$conversation.get().id ?? '')
    }
    const { answering } = pair
    if (count % 5 === 0 && answering) say('agent', (text) => answering.sendMessage(text))
  }
  await Promise.all(confirmed)
}
