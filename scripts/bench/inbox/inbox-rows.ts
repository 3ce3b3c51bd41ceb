import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createChatServer } from '@chatdesk/server'
import express from 'express'
import { createDatabase } from '../../test-environment/create-database.js'
import { providePostgres } from '../../test-environment/provide-postgres.js'
import type { Row } from '../row.js'
import { collectPlans } from '../show-plans.js'
import { quantile } from '../statistics.js'
import { fillInbox, WORDS } from './fill-inbox.js'

const DATABASE = 'inbox'
const SIGN_IN = { email: 'agent@demo.test', password: 'chatdesk-demo' }
/** One route of them all; a team's console asks less often. */
const UNLIMITED = { points: 1_000_000, seconds: 1 }

/** How much is measured, and whether each statement's plan is printed. */
export interface InboxEffort {
  rounds: number
  requests: number
  plans: boolean
}

/** What a team that has 200,000 messages waits for: the 95th of a hundred answers, beside the one in the middle. */
export async function inboxRows({ rounds, requests, plans }: InboxEffort): Promise<Row[]> {
  const postgres = await providePostgres({ durable: true })
  const url = await createDatabase(postgres.url, DATABASE)
  const collected = plans ? await collectPlans(postgres.url, DATABASE) : undefined
  const chat = createChatServer({
    database: { url },
    assets: false,
    limits: { callsPerAddress: UNLIMITED },
    logger: { debug() {}, info() {}, warn() {}, error: console.error },
  })
  const server = createServer(express().use(chat.router))
  try {
    await chat.migrate()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const organizationId = await addOrganization(chat, SIGN_IN.email)
    await fillInbox(url, organizationId, { conversations: 10_000, messages: 200_000 })
    await fillInbox(url, await addOrganization(chat, 'other@demo.test'), { conversations: 500, messages: 10_000 })
    const ask = await signIn(base)
    const questions = await makeQuestions(ask)
    const rows: Row[] = []
    for (const [name, path] of Object.entries(questions)) {
      const figures: number[] = []
      const baselines: number[] = []
      for (let round = -1; round < rounds; round++) {
        const times: number[] = []
        for (let request = 0; request < requests; request++) {
          const begun = performance.now()
          await ask(path)
          times.push(performance.now() - begun)
        }
        // The first round warms caches and code.
        if (round < 0) continue
        figures.push(quantile(times, 0.95))
        baselines.push(quantile(times, 0.5))
      }
      const row = { name: `inbox, ${name}, p95`, unit: 'ms' as const, figures, baselines, baselineName: 'p50' }
      rows.push({ ...row, goal: { figureAtMost: 150 } })
    }
    if (collected) {
      await collected.begin()
      for (const [name, path] of Object.entries(questions)) {
        await ask(path)
        collected.take()
        await ask(path)
        console.log(`\n===== ${name}: GET ${path}\n${collected.take().join('\n')}`)
      }
    }
    return rows
  } finally {
    await chat.close()
    server.close()
    server.closeAllConnections()
    await postgres.stop()
  }
}

async function addOrganization({ api }: ReturnType<typeof createChatServer>, email: string): Promise<string> {
  const { organizationId } = await api.createOrganization({ name: 'Bench' })
  await api.createMember({ organizationId, ...SIGN_IN, email, name: 'Asha Rao', role: 'agent' })
  await api.createWidget({ organizationId, name: 'Bench', allowedOrigins: [] })
  return organizationId
}

type Ask = (path: string) => Promise<{
  conversations?: { id: string; tagIds: string[]; departmentId: string | null }[]
  nextCursor?: string | null
}>

async function signIn(base: string): Promise<Ask> {
  const answer = await fetch(`${base}/api/auth/sign-in`, {
    method: 'POST',
    headers: { origin: base, 'content-type': 'application/json' },
    body: JSON.stringify(SIGN_IN),
  })
  const cookie = answer.headers.getSetCookie().map((header) => header.split(';')[0])[0] ?? ''
  return async (path) => {
    const page = await fetch(`${base}/api/chat-widget${path}`, { headers: { cookie } })
    if (!page.ok) throw new Error(`${path} answered ${page.status}: ${await page.text()}`)
    return (await page.json()) as Awaited<ReturnType<Ask>>
  }
}

async function makeQuestions(ask: Ask): Promise<Record<string, string>> {
  const views = ['mine', 'unassigned', 'waiting', 'all', 'resolved', 'snoozed']
  let deep = '/conversations?view=resolved'
  for (let page = 0; page < 100; page++)
    deep = `/conversations?view=resolved&cursor=${(await ask(deep)).nextCursor ?? ''}`
  const { conversations = [] } = await ask('/conversations?view=resolved&limit=100')
  const tagId = conversations.find(({ tagIds }) => tagIds.length > 0)?.tagIds[0] ?? ''
  const departmentId = conversations.find((row) => row.departmentId !== null)?.departmentId ?? ''
  return {
    ...Object.fromEntries(views.map((view) => [`view ${view}`, `/conversations?view=${view}`])),
    'page 101 of resolved': deep,
    'resolved, by tag': `/conversations?view=resolved&tagId=${tagId}`,
    'resolved, by department and priority': `/conversations?view=resolved&departmentId=${departmentId}&priority=urgent`,
    counts: '/conversations/counts',
    'search, common word': `/search?q=${WORDS.common}`,
    'search, two words': `/search?q=${WORDS.common}%20${WORDS.usual}`,
    'search, rare word': `/search?q=${WORDS.rare}`,
    'search, beginning of many words': '/search?q=w1',
    'search, beginning of one': `/search?q=${WORDS.rare.slice(0, 3)}`,
    'search, nothing found': '/search?q=nothing',
    'conversation opened': `/conversations/${conversations[0]?.id}/messages?limit=50`,
  }
}
