import type { Transaction } from 'kysely'
import type { Tables } from '../../database/index.js'
import { captureLead } from '../../leads/index.js'
import { claimTraits } from '../../visitors/index.js'
import type { Contact } from './find-contact.js'

/**
 * Keeps a way to be reached as what the visitor says of themselves (V1), and, where a possible customer was asked for it, as a lead.
 * Once and twice come to the same.
 */
export async function keepContact(
  transaction: Transaction<Tables>,
  { organizationId, conversationId }: { organizationId: string; conversationId: string },
  { email, phone, asLead }: Contact & { asLead: boolean },
  { generateId, now }: { generateId: () => string; now: Date },
): Promise<void> {
  const which = { organizationId, conversationId }
  const said = { ...(email === null ? {} : { email }), ...(phone === null ? {} : { phone }) }
  await claimTraits(transaction, which, said)
  if (asLead) await captureLead(transaction, { ...which, id: generateId(), email, phone, now })
}
