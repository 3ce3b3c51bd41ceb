import type { VisitorActor } from '../../organizations/actor.js'
import type { RealtimeBackend, WidgetId, WidgetState } from '../backend.js'

/** Widgets in memory: each is there as soon as it is asked for, and lets every page in. */
export interface MemoryWidgets extends Pick<RealtimeBackend, 'loadWidgets' | 'onWidgetChange' | 'isKnownOrigin'> {
  /** The widget of this visitor is another one from now on, or gone; `silently`: as if another process had done it. */
  changeWidget(actor: VisitorActor, change: Partial<Omit<WidgetState, 'mark'>> | null, silently?: boolean): void
}

const FIRST: WidgetState = { mark: '1', version: 'first', refusalOf: () => undefined }

export function createMemoryWidgets(): MemoryWidgets {
  const widgets = new Map<string, WidgetState | null>()
  const listeners = new Set<(widget: WidgetId) => void>()
  const find = (widgetId: string) => {
    const state = widgets.get(widgetId)
    return state === undefined ? FIRST : state
  }
  return {
    async loadWidgets(known) {
      return known.flatMap(({ organizationId, widgetId, mark }) => {
        const state = find(widgetId)
        return state?.mark === mark ? [] : [{ organizationId, widgetId, state }]
      })
    },
    onWidgetChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    isKnownOrigin: async (origin) => origin.endsWith('.acme.test'),
    changeWidget({ organizationId, widgetId }, change, silently = false) {
      const before = find(widgetId) ?? FIRST
      widgets.set(widgetId, change && { ...before, ...change, mark: `${before.mark}1` })
      if (!silently) for (const listener of listeners) listener({ organizationId, widgetId })
    },
  }
}
