import type { FilePart } from '@chatdesk/protocol'
import type { ColumnType } from 'kysely'
import type { Defaulted, Fixed } from './columns.js'

export interface FilesTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  /** Of its author: one of the two, until that one is deleted. */
  session_id: Fixed<string | null>
  member_id: Fixed<string | null>
  upload_id: Fixed<string>
  name: Fixed<string>
  declared_type: Fixed<string>
  size_bytes: Fixed<number>
  received_bytes: Defaulted<number>
  chunk_bytes: Fixed<number>
  storage_key: string
  /** Null until the whole file is there and was found good. */
  part: ColumnType<FilePart | null, never, string>
  /** In which it may be read. */
  conversation_id: Defaulted<string | null>
  created_at: Fixed<Date>
  /** When to see whether a message holds it; null: one does. */
  look_at: Date | null
}

export interface FileRemovalsTable {
  storage_key: Fixed<string>
  due_at: Date
}
