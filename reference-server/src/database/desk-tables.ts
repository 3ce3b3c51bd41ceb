import type { MacroAction, MacroRun, TicketStatus } from '@chatdesk/protocol'
import type { ColumnType, JSONColumnType } from 'kysely'
import type { Fixed } from './columns.js'

interface TicketNumbersTable {
  organization_id: Fixed<string>
  last: number
}

interface TicketsTable {
  organization_id: Fixed<string>
  number: Fixed<number>
  id: Fixed<string>
  title: string | null
  description: string
  status: TicketStatus
  /** -1 low, 0 normal, 1 high, 2 urgent. */
  priority: number
  assignee_id: string | null
  conversation_id: string | null
  source: Fixed<'manual' | 'escalation'>
  created_by: string | null
  created_at: Fixed<Date>
  updated_at: Date
  solved_at: Date | null
}

interface CannedRepliesTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  shortcut: string
  title: string
  text: string
  department_id: string | null
  language: string | null
  created_at: Fixed<Date>
  updated_at: Date
  created_by: string | null
}

interface MacrosTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  name: string
  actions: JSONColumnType<MacroAction[]>
  created_at: Fixed<Date>
  updated_at: Date
  created_by: string | null
}

interface MacroRunsTable {
  organization_id: Fixed<string>
  conversation_id: Fixed<string>
  run_id: Fixed<string>
  stopped_at: ColumnType<MacroRun['stoppedAt'], string | null, never>
  ran_at: Fixed<Date>
}

/** The tables of migration 0025. */
export interface DeskTables {
  ticket_numbers: TicketNumbersTable
  tickets: TicketsTable
  canned_replies: CannedRepliesTable
  macros: MacrosTable
  macro_runs: MacroRunsTable
}
