import { ChatError } from '@chatdesk/protocol'
import type { Transaction } from 'kysely'
import type { Tables } from '../../database/index.js'
import { applyFacts, type FactsContext, type IntentId } from '../intents/apply-facts.js'

/** What somebody of the team says of a payment that people had to look at. */
export interface Settlement extends IntentId {
  /** The provider's id of it. */
  paymentId: string
  /** Writes it into the audit trail; called once, however often the same is said. */
  note: (transaction: Transaction<Tables>) => Promise<void>
}

/**
 * Marks money as dealt with that fits nothing: what was asked for stands as it would without it. Said again it changes nothing. Throws
 * `NOT_FOUND` where the intent knows no such payment, and `VALIDATION_FAILED` for one that nobody has to look at.
 */
export async function settlePayment(context: FactsContext, settlement: Settlement): Promise<void> {
  const { organizationId, intentId, paymentId, note } = settlement
  const which = { organizationId, intentId }
  const applied = await applyFacts(
    context,
    which,
    async (transaction, { known, view }) => {
      const said = known.filter((fact) => 'paymentId' in fact && fact.paymentId === paymentId)
      if (said.length === 0) throw new ChatError('NOT_FOUND', 'No such payment.')
      const strange = view.strange.find((payment) => payment.paymentId === paymentId)
      if (strange) {
        await note(transaction)
        return [{ type: 'settled', paymentId, captured: strange.captured }]
      }
      if (said.some(({ type }) => type === 'settled')) return []
      throw new ChatError('VALIDATION_FAILED', 'paymentId: there is nothing to deal with.', { field: 'paymentId' })
    },
    'member',
  )
  if (!applied) throw new ChatError('NOT_FOUND', 'No such payment.')
}
