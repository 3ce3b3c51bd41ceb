/** An entry, as the audit trail names it. */
export function knowledgeTarget({ id, question }: { id: string; question: string }) {
  return { kind: 'knowledge entry', id, name: question }
}
