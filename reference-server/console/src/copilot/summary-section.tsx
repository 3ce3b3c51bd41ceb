import type { CopilotSummary } from '@chatdesk/protocol'
import { ActionIcon, Button } from '@mantine/core'
import { Check, Sparkles, StickyNote, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { ErrorLine } from '../admin/error-line.js'
import { useAction } from '../admin/use-action.js'
import { mayWrite, useConsole } from '../client/console-services.js'
import { newServerId } from '../client/new-server-id.js'
import panelStyles from '../context/context-panel.module.css'
import type { Notes } from '../thread/notes/use-notes.js'
import styles from './copilot.module.css'
import { SourceList } from './source-list.js'
import { partsOfSummary, summaryNote } from './summary-text.js'
import type { Summary } from './use-summary.js'

/** Sums the conversation up where it is asked for, beside it. */
export function SummarySection({ summary, notes }: { summary: Summary; notes: Notes }) {
  const { value, busy, error } = summary
  if (!summary.offered) return null
  return (
    <section className={panelStyles.section} aria-label="Summary" aria-busy={busy}>
      <header className={styles.summaryHead}>
        <h3>Summary</h3>
        {value && (
          <ActionIcon size={24} onClick={summary.dismiss} aria-label="Close the summary">
            <X size={16} strokeWidth={1.75} aria-hidden />
          </ActionIcon>
        )}
      </header>
      <div role="status">{value && <Parts summary={value} />}</div>
      <div className={styles.failure}>
        <ErrorLine error={error} />
      </div>
      {value && value.messages > 0 && <KeepAsNote key={summaryNote(value)} summary={value} notes={notes} />}
      {!value && (
        <Button
          size="compact-sm"
          fz={13}
          variant="default"
          leftSection={<Sparkles size={14} strokeWidth={1.75} aria-hidden />}
          loading={busy}
          onClick={summary.ask}
        >
          Summarise
        </Button>
      )}
    </section>
  )
}

function Parts({ summary }: { summary: CopilotSummary }) {
  if (summary.messages === 0) return <p className={styles.soft}>Nothing has been said yet.</p>
  return (
    <>
      <dl className={styles.parts}>
        {partsOfSummary(summary).map(({ title, lines }) => (
          <div key={title} data-open={title === 'Open' || undefined}>
            <dt>{title}</dt>
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a summary never changes
              <dd key={index} dir="auto">
                {line}
              </dd>
            ))}
          </div>
        ))}
      </dl>
      <SourceList sources={summary.sources} />
      {summary.modelOff && <p className={styles.soft}>Without a model: your organization has it switched off.</p>}
    </>
  )
}

/** Writes it down as a note, once: another try is the same note (C18). */
function KeepAsNote({ summary, notes }: { summary: CopilotSummary; notes: Notes }) {
  const { current } = useConsole()
  const action = useAction()
  const id = useRef(newServerId())
  const [kept, setKept] = useState(false)
  if (!mayWrite(current)) return null
  if (kept)
    return (
      <p className={styles.kept} role="status">
        <Check size={14} strokeWidth={2} aria-hidden />
        Kept as a note
      </p>
    )
  return (
    <>
      <div className={styles.failure}>
        <ErrorLine error={action.error} />
      </div>
      <Button
        size="compact-sm"
        fz={13}
        variant="default"
        leftSection={<StickyNote size={14} strokeWidth={1.75} aria-hidden />}
        loading={action.busy}
        onClick={() =>
          void action
            .run(() => notes.add({ id: id.current, text: summaryNote(summary), mentions: [] }))
            .then((done) => done && setKept(true))
        }
      >
        Keep as a note
      </Button>
    </>
  )
}
