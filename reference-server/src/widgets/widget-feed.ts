/** A widget that was changed, or is gone. */
export interface WidgetChange {
  organizationId: string
  widgetId: string
}

/** Tells everybody in this process which widgets were changed, after the commit. */
export interface WidgetFeed {
  emit(change: WidgetChange): void
  /** Answers with the end of the subscription. */
  onChange(listener: (change: WidgetChange) => void): () => void
}

/** Listeners must not throw: it is the writer who would hear of it. */
export function createWidgetFeed(): WidgetFeed {
  const listeners = new Set<(change: WidgetChange) => void>()
  return {
    emit(change) {
      for (const listener of listeners) listener(change)
    },
    onChange(listener) {
      const entry = (change: WidgetChange) => listener(change)
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },
  }
}
