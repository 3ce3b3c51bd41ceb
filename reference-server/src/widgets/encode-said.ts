import { type AssistantPolicy, ChatError, type ConfigurableSettings, type FollowUp } from '@chatdesk/protocol'
import {
  assistantPolicy as assistantPolicySchema,
  configurableSettings,
  followUp as followUpSchema,
} from '@chatdesk/protocol/schemas'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import { parseInput } from '../http/input.js'

// What is said of a widget, checked, as its columns hold it. Each throws `VALIDATION_FAILED` with the field.

/** Checked as a whole, and its departments as rows. */
export async function encodeSettings(
  transaction: Transaction<Tables>,
  organizationId: string,
  settings: ConfigurableSettings,
): Promise<string> {
  const checked = parseInput<ConfigurableSettings>(configurableSettings, settings)
  const known = await transaction
    .selectFrom('departments')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where(sql<boolean>`id = any (${checked.departmentIds}::uuid[])`)
    // Held, so that none goes before the widget that offers it stands.
    .forKeyShare()
    .execute()
  if (known.length !== checked.departmentIds.length)
    throw new ChatError('VALIDATION_FAILED', 'departmentIds: one of them is no department.', { field: 'departmentIds' })
  return JSON.stringify(checked)
}

/** What is said to a visitor who does not answer. */
export function encodeFollowUp(followUp: FollowUp | null): string | null {
  return followUp && encodeWithin('followUp', () => parseInput<FollowUp>(followUpSchema, followUp))
}

/** When the assistant answers, and when it hands over. */
export function encodePolicy(policy: AssistantPolicy): string {
  return encodeWithin('assistantPolicy', () => parseInput<AssistantPolicy>(assistantPolicySchema, policy))
}

/** What was refused of it is named with what it is part of. */
function encodeWithin(part: string, parse: () => object): string {
  try {
    return JSON.stringify(parse())
  } catch (error) {
    if (!ChatError.isInstance(error)) throw error
    throw new ChatError('VALIDATION_FAILED', error.message, { field: `${part}.${error.field}` })
  }
}
