import type { Database } from '../../database/index.js'
import { accountPassages } from '../answering/account-items.js'
import { DEFAULT_LIMITS } from '../provider/answer-limits.js'
import type { AnswerWriter } from '../writing/answer-writer.js'
import type { LoadedTurn } from './load-turn.js'
import { loadRecentTickets } from './recent-tickets.js'
import { loadSignedAccount } from './signed-account.js'
import type { TurnWriter } from './take-turn.js'
import type { TurnUnderWay } from './turns-under-way.js'

/** Has one turn's answer written. The one place that says what a model is told besides the question (B6, B15, B18). */
export function createWriterForTurn(
  { database, writer }: { database: Database; writer: AnswerWriter },
  { which, abandoned, hurry, speaking }: Pick<TurnUnderWay, 'which' | 'abandoned' | 'hurry' | 'speaking'>,
  { history, persona }: Pick<LoadedTurn, 'history' | 'persona'>,
): TurnWriter {
  return {
    get state() {
      return writer.state
    },
    async write({ question, hits }) {
      const query = database.of(which.organizationId)
      const [tickets, account] = [await loadRecentTickets(query, which), await loadSignedAccount(query, which)]
      return writer.write({
        ...{ ...which, abandoned, hurry: hurry.signal },
        request: {
          ...{
            turn: question,
            passages: [...hits, ...accountPassages(account)],
            history,
            tickets,
            limits: DEFAULT_LIMITS,
          },
          persona: { ...persona, tone: 'friendly' },
        },
        onDraft: speaking.say,
      })
    },
  }
}
