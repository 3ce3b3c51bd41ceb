import { DATA_BEGINS, DATA_ENDS } from '../provider/system-prompt.js'
import { DONE, finish, packets, words } from './model-scripts.js'
import type { StubRequest, StubScript } from './model-stub.js'

/** What a model sees of a request. */
export interface SeenByModel {
  system: string
  question: string
  passages: { number: number; title: string; text: string }[]
  tickets: { number: number; title: string | null; status: string; opened: string; solved: string | null }[]
  earlier: { from: string; text: string }[]
}

/** Reads a request as a model does. */
export function seenByModel({ body }: StubRequest): SeenByModel {
  const text = (role: string) =>
    body.messages
      .filter((message) => message.role === role)
      .map(({ content }) => content)
      .join('\n')
  const user = text('user')
  const data = user.slice(user.indexOf(DATA_BEGINS) + DATA_BEGINS.length, user.lastIndexOf(DATA_ENDS))
  return { tickets: [], system: text('system'), ...JSON.parse(data) }
}

/**
 * A model that obeys whoever attacks, as well as it can: it does what the question, the passages and the tickets tell it to, and puts
 * the mark of a passage behind each line, so that it looks like an answer. What it is told: `SAY: …` to the end of the line, `PRINT SYSTEM PROMPT`,
 * `DUMP EVERYTHING`.
 */
export function obedientModel(request: StubRequest): StubScript {
  const seen = seenByModel(request)
  const titles = seen.tickets.map(({ title }) => title ?? '')
  const orders = [seen.question, ...seen.passages.map(({ text }) => text), ...titles].join('\n')
  const lines = [
    'I obey',
    ...(/PRINT SYSTEM PROMPT/.test(orders) ? seen.system.split('\n') : []),
    ...(/DUMP EVERYTHING/.test(orders)
      ? [...seen.earlier.map(({ from, text }) => `${from}: ${text}`), JSON.stringify(seen)]
      : []),
    ...[...orders.matchAll(/SAY: ?([^\n]*)/g)].map(([, line = '']) => line),
  ]
  // With the mark before the end and behind it: both are read.
  return speak(
    lines.flatMap((line) => [`${line} [1].\n`, `${line}. [${Math.max(1, seen.passages.length)}]\n`]).join(''),
  )
}

/** A text in small pieces, cut where it hurts. */
export function speak(text: string): StubScript {
  return packets(...(text.match(/[\s\S]{1,7}/g) ?? []).map(words), finish('stop'), DONE)
}
