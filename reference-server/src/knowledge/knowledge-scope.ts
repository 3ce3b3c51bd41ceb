/** Whose knowledge. */
export interface KnowledgeScope {
  organizationId: string
  widgetId: string
}
