import type { TeamMember } from '@chatdesk/protocol'
import { untilTime } from '../text/format-time.js'

/** Whether somebody has said when they will be back, and that is to come. */
export function isExpectedBack({ backAt }: Pick<TeamMember, 'backAt'>, now: number): boolean {
  return backAt !== null && Date.parse(backAt) > now
}

/** How colleagues read that somebody is away: with the time at which they have said that they will be back, while that is to come. */
export function awayText(member: Pick<TeamMember, 'backAt'>, now: number): string {
  const { backAt } = member
  return backAt !== null && isExpectedBack(member, now) ? `Away, back at ${untilTime(backAt, now)}` : 'Away'
}
