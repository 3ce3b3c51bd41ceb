import type { KnowledgeImport, SiteImport } from '@chatdesk/protocol'
import { Button, SegmentedControl } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { FileSource } from './file-source.js'
import { type Imported, ImportPreview } from './import-preview.js'
import { countText } from './import-words.js'
import styles from './knowledge.module.css'
import { knowledgePath, useKnowledgeArea } from './knowledge-area.js'
import { KnowledgeTabs } from './knowledge-tabs.js'
import { SiteSource } from './site-source.js'

type Step =
  | { name: 'choose' }
  | { name: 'look'; plan: KnowledgeImport | SiteImport }
  | { name: 'done'; imported: Imported }

/** From a file or a site to entries, with a look at what would change in between. */
export function ImportPage() {
  const [source, setSource] = useState<'file' | 'site'>('file')
  const [step, setStep] = useState<Step>({ name: 'choose' })
  const look = (plan: KnowledgeImport | SiteImport) => setStep({ name: 'look', plan })
  const again = () => setStep({ name: 'choose' })
  return (
    <AdminPage
      title="Import"
      lead="Bring what you have: a table, a help page, or all pages of a site. You see what would change before it does."
    >
      <KnowledgeTabs current="import" />
      {/* Kept while one looks at what would come of it: what was pasted is not lost by a step back. */}
      <div className={styles.choosing} hidden={step.name !== 'choose'}>
        <div className={admin.row}>
          <SegmentedControl
            aria-label="Import from"
            value={source}
            onChange={(value) => setSource(value as typeof source)}
            data={[
              { value: 'file', label: 'A file or text' },
              { value: 'site', label: 'A website' },
            ]}
          />
        </div>
        {source === 'file' ? <FileSource onPlan={look} /> : <SiteSource onPlan={look} />}
      </div>
      {step.name === 'look' && (
        <ImportPreview plan={step.plan} onBack={again} onDone={(imported) => setStep({ name: 'done', imported })} />
      )}
      {step.name === 'done' && <Done {...step.imported} onAgain={again} />}
    </AdminPage>
  )
}

function Done({ added, changed, onAgain }: Imported & { onAgain: () => void }) {
  const { widget } = useKnowledgeArea()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className={admin.stack}>
      <h2 ref={heading} tabIndex={-1} className={styles.subtitle}>
        Imported: {countText(added, 'entry', 'entries')} added, {changed} changed
      </h2>
      <p className={admin.dialogText}>Answers use them from now on. Add other ways to ask to those that matter most.</p>
      <div className={admin.row}>
        <Button component={Link} href={knowledgePath(widget.id)}>
          To the entries
        </Button>
        <Button variant="default" onClick={onAgain}>
          Import something else
        </Button>
      </div>
    </div>
  )
}
