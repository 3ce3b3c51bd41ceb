/** Who belongs to a department, by its id. One that nobody belongs to is served by all, and need not be here. */
export type DepartmentMembers = ReadonlyMap<string, ReadonlySet<string>>

/** Whether an agent takes the conversations of a department; null: those of none (L2). */
export function serves(agentId: string, departmentId: string | null, members: DepartmentMembers): boolean {
  const own = departmentId === null ? undefined : members.get(departmentId)
  return !own?.size || own.has(agentId)
}
