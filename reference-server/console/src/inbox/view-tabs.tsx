import type { InboxCounts, InboxView } from '@chatdesk/protocol'
import { MOST_COUNTED } from '@chatdesk/protocol/schemas'
import styles from './inbox.module.css'
import { VIEW_NAMES, VIEWS } from './inbox-choice.js'

/** Options of `ViewTabs`. */
export interface ViewTabsProps {
  view: InboxView
  counts: InboxCounts | null
  onChoose: (view: InboxView) => void
}

/**
 * The views, and how many conversations each has. What is resolved is not counted: nobody has to do anything about it. Where no
 * assistant answers there is no view of what it has.
 */
export function ViewTabs({ view, counts, onChoose }: ViewTabsProps) {
  return (
    <fieldset className={styles.views} aria-label="Which conversations">
      {VIEWS.map((name) => {
        const count = name === 'resolved' ? 0 : (counts?.[name] ?? 0)
        if (name === 'assistant' && count === 0 && view !== name) return null
        return (
          <button key={name} type="button" aria-pressed={name === view} onClick={() => onChoose(name)}>
            {VIEW_NAMES[name]}
            {count > 0 && <span className={styles.count}>{count >= MOST_COUNTED ? '999+' : count}</span>}
          </button>
        )
      })}
    </fieldset>
  )
}
