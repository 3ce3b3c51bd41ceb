import type { SearchResult } from '@chatdesk/protocol'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useConsole } from '../client/console-services.js'
import { Avatar } from '../shell/avatar.js'
import { fullTime, listTime } from '../text/format-time.js'
import { StatusBadge } from '../thread/status-badge.js'
import styles from './inbox.module.css'
import { LoadMore } from './load-more.js'

/** How long typing rests before it is a question, in milliseconds. */
const REST = 250

const PLACES: Record<SearchResult['in'], string> = { message: '', note: 'Note: ', visitor: '' }

/** What was found so far. */
interface Found {
  q: string
  results: readonly SearchResult[]
  cursor: string | null
  failed: boolean
}

/** What the conversations of the organization say that has these words. `now` in milliseconds since the epoch. */
export function SearchResults({ q, now }: { q: string; now: number }) {
  const { admin } = useConsole()
  const [found, setFound] = useState<Found>()
  useEffect(() => {
    let wanted = true
    const timer = setTimeout(() => {
      admin.inbox.search(q, null).then(
        ({ results, nextCursor }) => wanted && setFound({ q, results, cursor: nextCursor, failed: false }),
        () => wanted && setFound({ q, results: [], cursor: null, failed: true }),
      )
    }, REST)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [admin, q])

  // What was found before stays until the answer comes: nothing flickers at each letter.
  if (!found) return null
  if (found.failed) return <Notice title="The search did not work" text="Try it again in a moment." />
  if (found.results.length === 0 && found.cursor === null)
    return <Notice title="Nothing found" text="Each word must be there; the last one may be a beginning." />
  const more = async () => {
    const { results, nextCursor } = await admin.inbox.search(found.q, found.cursor)
    // By now there may be the answer to another question.
    setFound((latest) =>
      latest?.q === found.q && latest.cursor === found.cursor
        ? { ...latest, results: [...latest.results, ...results], cursor: nextCursor }
        : latest,
    )
  }
  return (
    <>
      <ul className={styles.list} aria-label="Found">
        {found.results.map((result) => (
          <ResultRow
            key={`${result.in} ${result.conversation.id} ${result.seq} ${result.excerpt}`}
            result={result}
            now={now}
          />
        ))}
      </ul>
      {found.cursor !== null && <LoadMore key={found.q} count={found.results.length} load={more} />}
    </>
  )
}

function Notice({ title, text }: { title: string; text: string }) {
  return (
    <div className={styles.notice} role="status">
      <strong>{title}</strong>
      <p>{text}</p>
    </div>
  )
}

function ResultRow({ result, now }: { result: SearchResult; now: number }) {
  const { conversation, seq, excerpt, ranges } = result
  const { visitor, status } = conversation
  const at = result.at ?? conversation.lastMessage?.createdAt ?? conversation.updatedAt
  return (
    <li className={styles.item}>
      <Link
        href={seq === null ? `/conversations/${conversation.id}` : `/conversations/${conversation.id}/at/${seq}`}
        className={styles.row}
        data-id={conversation.id}
      >
        <Avatar id={visitor.id} name={visitor.name} size={36} />
        <span className={styles.line}>
          <span className={styles.name}>
            <bdi>{visitor.name}</bdi>
          </span>
          <time className={styles.time} dateTime={at} title={fullTime(at)}>
            {listTime(at, now)}
          </time>
        </span>
        <span className={styles.excerpt}>
          {PLACES[result.in]}
          <bdi>{marked(excerpt, ranges)}</bdi>
        </span>
        <span className={styles.badges}>
          <StatusBadge status={status} />
        </span>
      </Link>
    </li>
  )
}

/** The excerpt with what was sought set apart; plain text, whatever it says. */
function marked(excerpt: string, ranges: readonly (readonly [number, number])[]) {
  const parts: React.ReactNode[] = []
  let end = 0
  for (const [from, to] of ranges) {
    parts.push(excerpt.slice(end, from), <mark key={from}>{excerpt.slice(from, to)}</mark>)
    end = to
  }
  return [...parts, excerpt.slice(end)]
}
