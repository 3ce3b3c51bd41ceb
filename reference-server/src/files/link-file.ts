import { ChatError } from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { Actor } from '../organizations/actor.js'
import { ownerSessionOf } from '../organizations/index.js'
import type { FilesContext } from './files-context.js'

/** A link to a file of a conversation that this actor may read (C1, U7); throws `NOT_FOUND` for any other. */
export async function linkFile(
  { database, links, clock }: Pick<FilesContext, 'database' | 'links' | 'clock'>,
  actor: Actor,
  { conversationId, fileId }: { conversationId: string; fileId: string },
): Promise<{ path: string; expiresAt: string }> {
  const { organizationId } = actor
  const ownerSessionId = ownerSessionOf(actor)
  const { rows } = await sql`
    select from files f join conversations k on k.organization_id = f.organization_id and k.id = f.conversation_id
    where f.organization_id = ${organizationId}::uuid and f.id = ${fileId}::uuid and k.id = ${conversationId}::uuid
      and f.part is not null and (${ownerSessionId}::uuid is null or k.session_id = ${ownerSessionId}::uuid)`.execute(
    database.of(organizationId),
  )
  if (rows.length === 0) throw new ChatError('NOT_FOUND', 'No such file.')
  return links.make({ organizationId, conversationId, fileId }, clock())
}
