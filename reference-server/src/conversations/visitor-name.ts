/** A visitor as agents read it: what was proved or it gave as its name, or "Visitor" and the random end of its id. */
export function visitorName(visitor: { id: string; name: string | null }): string {
  return visitor.name ?? `Visitor ${visitor.id.slice(-4)}`
}
