import { ChatError, type FilePart, type MessagePart, type SubmittedPart } from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import type { Actor } from '../organizations/actor.js'
import { authorColumns, UNSENT_MS } from './uploads.js'

/** Whether parts are stored as they were submitted. */
export function holdsNoFile(parts: readonly SubmittedPart[]): parts is Exclude<SubmittedPart, { type: 'file' }>[] {
  return parts.every(({ type }) => type !== 'file')
}

/**
 * The parts of a message as they are stored (U5). A file must be ready, of this author, and in no other conversation, and the
 * conversation its author's as well; throws `NOT_FOUND` for any other. It becomes one of this conversation with the message, in
 * whose transaction the database binds it.
 */
export async function resolveParts(
  { database, clock }: { database: Database; clock: () => Date },
  actor: Actor,
  conversationId: string,
  submitted: readonly SubmittedPart[],
): Promise<MessagePart[]> {
  const fileIds = submitted.flatMap((part) => (part.type === 'file' ? part.fileId : []))
  const files = new Map<string, FilePart>()
  if (fileIds.length > 0) {
    const { session_id: sessionId, member_id: memberId } = authorColumns(actor)
    const lookAt = new Date(clock().getTime() + UNSENT_MS)
    // Who has signed in since goes on with the conversation, and may repeat what was sent in it.
    const { rows } = await sql<{ part: FilePart }>`
      update files f set look_at = ${lookAt}::timestamptz
      from conversations k
      where f.organization_id = ${actor.organizationId}::uuid and f.id = any (${fileIds}::uuid[]) and f.part is not null
        and k.organization_id = f.organization_id and k.id = ${conversationId}::uuid
        and coalesce(f.conversation_id, k.id) = k.id
        and case when ${memberId}::uuid is not null then f.member_id = ${memberId}::uuid
          else k.session_id = ${sessionId}::uuid and f.session_id is not null
            and (f.session_id = ${sessionId}::uuid or f.conversation_id = k.id) end
      returning f.part`.execute(database.of(actor.organizationId))
    for (const { part } of rows) files.set(part.fileId, part)
  }
  return submitted.map((part, index) => {
    if (part.type !== 'file') return part
    const file = files.get(part.fileId)
    if (!file) throw new ChatError('NOT_FOUND', 'No such file.', { field: `parts.${index}.fileId` })
    return file
  })
}
