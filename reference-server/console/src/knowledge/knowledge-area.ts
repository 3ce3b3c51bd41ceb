import type { AdministeredWidget } from '@chatdesk/protocol'
import { createContext, useContext } from 'react'

/** Whose knowledge the pages show. */
export interface KnowledgeArea {
  widget: AdministeredWidget
  /** All of the organization, for the chooser. */
  widgets: readonly AdministeredWidget[]
}

const AreaContext = createContext<KnowledgeArea | null>(null)

/** Gives the widget to the pages below. */
export const KnowledgeAreaProvider = AreaContext.Provider

/** The widget whose knowledge is shown. */
export function useKnowledgeArea(): KnowledgeArea {
  const area = useContext(AreaContext)
  if (!area) throw new Error('useKnowledgeArea stands outside a KnowledgeAreaProvider.')
  return area
}

/** The path of a page of a widget's knowledge; without a page, its entries. */
export function knowledgePath(widgetId: string, page = ''): string {
  return `/knowledge/${widgetId}${page === '' ? '' : `/${page}`}`
}
