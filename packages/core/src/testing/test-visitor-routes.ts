import type { Author, ConversationRating, LogEvent, VisitorConversation } from '@chatdesk/protocol'
import type { TestLog } from './test-log.js'

/** What visitors have asked for by REST, for tests to look at. */
export interface TestVisitorRecord {
  /** By conversation (J1). */
  readonly ratings: ReadonlyMap<string, ConversationRating>
  /** By conversation and `seq`, with a space between (J2). */
  readonly messageRatings: ReadonlyMap<string, boolean>
  /** Transcripts that were to be mailed (C14). */
  readonly mails: readonly { conversationId: string; email: string }[]
  /** How often everything was deleted (W8). */
  readonly erasures: number
}

type Said = Extract<LogEvent, { type: 'message.created' }>

const saidIn = ({ events }: TestLog) => events.filter((event): event is Said => event.type === 'message.created')
const isTeam = ({ kind }: Author) => kind !== 'visitor'

/** Answers what a visitor asks of `/api/widget` beside opening a session: list, ratings, transcripts, own data. */
export function createTestVisitorRoutes(options: {
  /** The visitor's conversations; the live one is the last. */
  conversationIds: readonly string[]
  log: (conversationId: string) => TestLog
  /** Everything of the visitor goes. */
  erase: () => void
  nextId: () => string
  now: () => number
}) {
  const { conversationIds, log, erase, nextId, now } = options
  const ratings = new Map<string, ConversationRating>()
  const messageRatings = new Map<string, boolean>()
  const mails: { conversationId: string; email: string }[] = []
  let erasures = 0

  function row(id: string, index: number): VisitorConversation {
    const { status, agent, headSeq, lastMessage, createdAt, updatedAt } = log(id).summary()
    const unread = saidIn(log(id)).filter(({ author, seq }) => isTeam(author) && seq > log(id).reads.visitor).length
    const live = index === conversationIds.length - 1
    const given = ratings.get(id)
    const rating = given ? { score: given.score, comment: given.comment ?? null, ratedAt: updatedAt } : null
    return { id, status, agent, live, headSeq, unread, lastMessage, rating, createdAt, updatedAt }
  }
  /** Most recently changed first; of those of one moment, the newest. */
  const rows = () =>
    conversationIds
      .map(row)
      .reverse()
      .sort((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt))

  function exported() {
    const conversations = conversationIds.map((id) => ({ id, messages: saidIn(log(id)) }))
    return { exportedAt: new Date(now()).toISOString(), conversations }
  }

  function ofConversation(id: string, what: string, method: string, body: unknown): unknown {
    switch (`${method} ${what}`) {
      case 'GET rating': {
        const mine = [...messageRatings].map(([key, helpful]) => ({ key: key.split(' '), helpful }))
        const messages = mine
          .filter(({ key }) => key[0] === id)
          .map(({ key, helpful }) => ({ seq: Number(key[1]), helpful }))
        return { rating: row(id, conversationIds.indexOf(id)).rating, messages }
      }
      case 'PUT rating':
        return void ratings.set(id, body as ConversationRating)
      case 'PUT message-rating': {
        const { seq, helpful } = body as { seq: number; helpful: boolean }
        return void messageRatings.set(`${id} ${seq}`, helpful)
      }
      case 'GET transcript':
        return saidIn(log(id))
          .map(({ author, parts }) => `${author.name}: ${parts.map(({ text }) => text).join(' ')}`)
          .join('\n')
      case 'POST transcript':
        return void mails.push({ conversationId: id, email: (body as { email: string }).email })
    }
    return null
  }

  const record: TestVisitorRecord = {
    ratings,
    messageRatings,
    mails,
    get erasures() {
      return erasures
    },
  }
  return {
    record,
    /** Undefined: none of these; null: not found. What is `undefined` inside an answer is said by 204. */
    answer(path: string, method: string, body: unknown): { body: unknown } | undefined {
      const [, id = '', what = ''] = /^\/conversations\/([^/]+)\/([a-z-]+)$/.exec(path) ?? []
      if (conversationIds.includes(id)) return { body: ofConversation(id, what, method, body) }
      switch (`${method} ${path}`) {
        case 'GET /conversations':
          return { body: { conversations: rows() } }
        case 'GET /visitor/export':
          return { body: exported() }
        case 'DELETE /visitor': {
          erasures += 1
          const erasedAt = new Date(now()).toISOString()
          const counts = { sessions: 1, conversations: conversationIds.length }
          erase()
          return { body: { receiptId: nextId(), erasedAt, ...counts, complete: true } }
        }
        case 'POST /logout':
          return { body: undefined }
      }
      return undefined
    },
  }
}
