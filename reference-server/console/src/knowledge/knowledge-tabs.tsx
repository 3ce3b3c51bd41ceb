import { NativeSelect } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { mayAdminister, useConsole } from '../client/console-services.js'
import tabs from '../widgets/widgets.module.css'
import styles from './knowledge.module.css'
import { knowledgePath, useKnowledgeArea } from './knowledge-area.js'

/** A page of a widget's knowledge that stands in the row. */
export type KnowledgeTab = 'entries' | 'gaps' | 'golden' | 'import'

const TABS: readonly { id: KnowledgeTab; page: string; name: string }[] = [
  { id: 'entries', page: '', name: 'Entries' },
  { id: 'gaps', page: 'gaps', name: 'Unanswered questions' },
  { id: 'golden', page: 'golden', name: 'Golden questions' },
  { id: 'import', page: 'import', name: 'Import' },
]

/** From one page of a widget's knowledge to the others, and to the same page of another widget. */
export function KnowledgeTabs({ current }: { current: KnowledgeTab }) {
  const { current: member } = useConsole()
  const { widget, widgets } = useKnowledgeArea()
  const [, navigate] = useLocation()
  const page = TABS.find(({ id }) => id === current)?.page
  return (
    <div className={styles.bar}>
      <nav className={tabs.tabs} aria-label="Knowledge">
        {TABS.filter(({ id }) => id !== 'import' || mayAdminister(member)).map(({ id, page, name }) => (
          <Link key={id} href={knowledgePath(widget.id, page)} aria-current={id === current ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      {widgets.length > 1 && (
        <NativeSelect
          aria-label="Widget"
          className={styles.chooser ?? ''}
          data={widgets.map(({ id, name }) => ({ value: id, label: name }))}
          value={widget.id}
          onChange={(event) => navigate(knowledgePath(event.currentTarget.value, page))}
        />
      )}
    </div>
  )
}
