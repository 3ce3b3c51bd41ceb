import type { Defaulted, Fixed } from './columns.js'

export interface RoutingSettingsTable {
  organization_id: Fixed<string>
  assignment: 'manual' | 'automatic'
  capacity: number
  reroute_after_seconds: number
}

export interface AgentStatesTable {
  organization_id: Fixed<string>
  member_id: Fixed<string>
  /** Null: available. */
  away_since: Defaulted<Date | null>
  /** When they have said that they will be back; null: they are available, or have not said. */
  back_at: Defaulted<Date | null>
  /** Null: the organization's. */
  capacity: Defaulted<number | null>
  last_assigned_at: Defaulted<Date | null>
}

export interface DepartmentMembersTable {
  organization_id: Fixed<string>
  department_id: Fixed<string>
  member_id: Fixed<string>
}
