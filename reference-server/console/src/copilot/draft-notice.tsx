import type { CopilotSource } from '@chatdesk/protocol'
import { ActionIcon, Button } from '@mantine/core'
import { X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { errorText } from '../text/error-text.js'
import styles from './copilot.module.css'
import { SourceList } from './source-list.js'
import type { ReplyDraft, ShownDraft } from './use-draft.js'

/** What has come of a draft, below the field: where it is from, what there is to choose from, or that nothing is known. */
export function DraftNotice({ draft: { shown, error, busy, use, dismiss } }: { draft: ReplyDraft }) {
  const isThere = shown !== null || error !== null
  return (
    <>
      {/* Always there: what is said is announced only in a region that stood before. */}
      <span className="chatdesk-hidden" role="status">
        {busy ? 'A reply is being drafted' : shown ? titleOf(shown) : ''}
      </span>
      {isThere && (
        <section className={styles.notice} aria-label="Draft">
          {error ? (
            <p role="alert">No draft. {errorText(error)}</p>
          ) : (
            shown && <Outcome key={shown.put ? 'put' : 'offered'} shown={shown} use={use} />
          )}
          <ActionIcon size={24} className={styles.dismiss ?? ''} onClick={dismiss} aria-label="Dismiss the draft">
            <X size={16} strokeWidth={1.75} aria-hidden />
          </ActionIcon>
        </section>
      )}
    </>
  )
}

function titleOf({ draft: { band, text, writtenBy, modelOff }, put }: ShownDraft): string {
  if (band === null) return 'Nothing to reply to: the visitor has asked nothing yet.'
  if (band === 'low') return 'Nothing known. The knowledge base says nothing to this question.'
  if (text === null)
    return put ? 'Put into your reply. Read it before you send it.' : 'Not sure. One of these may help.'
  if (!put) return 'A draft is ready. Your own words are still in the field.'
  if (writtenBy === 'model') return 'Drafted by a model. Read it before you send it.'
  return modelOff
    ? 'Drafted in the knowledge base’s own words: your organization has its model switched off. Read it before you send it.'
    : 'Drafted. Read it before you send it.'
}

function Outcome({ shown, use }: { shown: ShownDraft; use: (words: string) => void }) {
  const { draft, put } = shown
  const { question, text, sources, suggestions } = draft
  const title = (
    <>
      <p>{titleOf(shown)}</p>
      {question !== null && (
        <p className={styles.about} dir="auto">
          “{question}”
        </p>
      )}
    </>
  )
  if (text === null && suggestions.length > 0)
    return (
      <>
        {title}
        {!put && (
          <ul className={styles.choices}>
            {suggestions.map((suggestion) => (
              <li key={suggestion.id}>
                <Choice source={suggestion} answer={suggestion.answer} use={use} />
              </li>
            ))}
          </ul>
        )}
      </>
    )
  return (
    <>
      {title}
      {text !== null && !put && (
        <blockquote className={styles.offered} dir="auto">
          {text}
        </blockquote>
      )}
      {text !== null && !put && (
        <Button size="compact-sm" fz={13} variant="default" onClick={() => use(text)}>
          Replace what I have written
        </Button>
      )}
      <SourceList sources={sources} />
    </>
  )
}

function Choice({
  source,
  answer,
  use,
}: {
  source: CopilotSource
  answer: string
  use: (words: string) => void
}): ReactNode {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={styles.question} aria-expanded={open} onClick={() => setOpen(!open)} dir="auto">
        {source.question}
      </button>
      <Button
        size="compact-sm"
        fz={13}
        variant="default"
        aria-label={`Use “${source.question}”`}
        onClick={() => use(answer)}
      >
        Use
      </Button>
      {open && (
        <blockquote className={styles.offered} dir="auto">
          {answer}
        </blockquote>
      )}
    </>
  )
}
