import type { RoutingSettings, TeamMember } from '@chatdesk/protocol'
import { listTeamResponse, routingResponse, teamMemberResponse } from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** What may be changed of somebody who answers; others than admins change their own `availability` alone, and until when they are away. */
export type TeamMemberChanges = Partial<Pick<TeamMember, 'availability' | 'backAt' | 'capacity' | 'departmentIds'>>

/** Who answers visitors, and how what waits comes to them. */
export interface TeamApi {
  list(): Promise<TeamMember[]>
  update(id: string, changes: TeamMemberChanges): Promise<TeamMember>
  routing(): Promise<RoutingSettings>
  updateRouting(changes: Partial<RoutingSettings>): Promise<RoutingSettings>
}

export function createTeamApi({ ask }: AdminCalls): TeamApi {
  return {
    list: async () => (await ask(listTeamResponse, 'GET', 'chat-widget/team')).team,
    update: async (id, changes) => (await ask(teamMemberResponse, 'PATCH', `chat-widget/team/${id}`, changes)).member,
    routing: async () => (await ask(routingResponse, 'GET', 'chat-widget/routing')).routing,
    updateRouting: async (changes) => (await ask(routingResponse, 'PATCH', 'chat-widget/routing', changes)).routing,
  }
}
