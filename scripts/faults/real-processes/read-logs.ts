import type pg from 'pg'
import type { LoggedEvent } from './screen.js'

/** The logs of all organizations of a database, by organization and conversation. */
export async function readLogs(database: pg.Client): Promise<Map<string, Map<string, LoggedEvent[]>>> {
  const { rows } = await database.query<{ organization: string; id: string; seq: number; text: string | null }>(
    `select organization_id as organization, conversation_id as id, seq, body -> 'parts' -> 0 ->> 'text' as text
      from events order by conversation_id, seq`,
  )
  const all = new Map<string, Map<string, LoggedEvent[]>>()
  for (const { organization, id, seq, text } of rows) {
    const logs = all.get(organization) ?? new Map<string, LoggedEvent[]>()
    all.set(organization, logs.set(id, [...(logs.get(id) ?? []), { seq, text: text ?? undefined }]))
  }
  return all
}
