import type { KnowledgeEntry } from '@chatdesk/protocol'
import { ArrowLeft } from 'lucide-react'
import { Link } from 'wouter'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { LoadView } from '../admin/load-view.js'
import { Section } from '../admin/section.js'
import { type Loaded, useLoaded } from '../admin/use-loaded.js'
import { mayAdminister, useConsole } from '../client/console-services.js'
import { EntryContent } from './entry-content.js'
import { EntryEditor } from './entry-editor.js'
import { EntryGolden } from './entry-golden.js'
import { EntryRemoval } from './entry-removal.js'
import { EntryState } from './entry-state.js'
import { EntryVersions } from './entry-versions.js'
import styles from './knowledge.module.css'
import { knowledgePath, useKnowledgeArea } from './knowledge-area.js'

/** What the page of an entry has fetched. */
interface Found {
  entry: KnowledgeEntry
  categories: string[]
}

/** One entry: what it says, what it has to be found by, and what it was. */
export function EntryPage({ id }: { id: string }) {
  const { admin: api } = useConsole()
  const { widget } = useKnowledgeArea()
  const loaded = useLoaded<Found>(async () => {
    const [entry, { categories }] = await Promise.all([
      api.knowledge.get(id),
      api.knowledge.list(widget.id, { limit: 1 }),
    ])
    return { entry, categories }
  })
  const entry = loaded.state.status === 'loaded' ? loaded.state.value.entry : undefined
  return (
    <AdminPage title={entry?.question ?? 'Entry'} lead={<BackToEntries />}>
      <LoadView loaded={loaded}>{(found) => <Detail {...found} loaded={loaded} />}</LoadView>
    </AdminPage>
  )
}

/** The way back from an entry. */
export function BackToEntries() {
  const { widget } = useKnowledgeArea()
  return (
    <Link href={knowledgePath(widget.id)} className={styles.back}>
      <ArrowLeft size={16} strokeWidth={1.75} aria-hidden /> All entries of <bdi>{widget.name}</bdi>
    </Link>
  )
}

function Detail({ entry, categories, loaded }: Found & { loaded: Loaded<Found> }) {
  const { current } = useConsole()
  const mayChange = mayAdminister(current)
  const set = (changed: KnowledgeEntry) => loaded.set({ entry: changed, categories })
  return (
    <>
      <div className={styles.facts}>
        <EntryState entry={entry} />
        <span>{usageText(entry)}</span>
      </div>
      {mayChange ? (
        <EntryEditor entry={entry} categories={categories} onChanged={set} />
      ) : (
        <>
          <p className={admin.readOnly}>You can read this. An admin can change it.</p>
          <EntryContent content={entry} />
        </>
      )}
      <Section
        title="Golden questions"
        lead="Questions by which this entry has to be found. All of them are asked before something is published, so that you see what it would push aside."
      >
        {/* What was published may be found at another place. */}
        <EntryGolden key={entry.version} entry={entry} />
      </Section>
      <Section title="Versions" lead="What it said before. The last fifty are kept.">
        <EntryVersions key={entry.version} entry={entry} onRestored={set} />
      </Section>
      {mayChange && (
        <Section
          title="Delete"
          tone="danger"
          lead="Its versions and golden questions go with it. To keep it, switch it off."
        >
          <EntryRemoval entry={entry} />
        </Section>
      )}
    </>
  )
}

function usageText({ timesUsed, helpful, notHelpful }: KnowledgeEntry): string {
  if (timesUsed === 0) return 'No answer has used it yet.'
  const times = timesUsed === 1 ? 'once' : `${timesUsed.toLocaleString('en')} times`
  return `Used ${times} · helpful to ${helpful.toLocaleString('en')}, not helpful to ${notHelpful.toLocaleString('en')}`
}
