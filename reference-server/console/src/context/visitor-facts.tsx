import type { ConversationVisitor } from '@chatdesk/protocol'
import { useEffect } from 'react'
import { LoadView } from '../admin/load-view.js'
import { useLoaded } from '../admin/use-loaded.js'
import { useConsole } from '../client/console-services.js'
import { fullTime } from '../text/format-time.js'
import styles from './context-panel.module.css'
import { VisitorActivity } from './visitor-activity.js'
import { VisitorDevice } from './visitor-device.js'

/** Options of `VisitorFacts`. */
interface VisitorFactsProps {
  conversationId: string
  /** Of the inbox's row: another one with whatever the visitor says of themselves. */
  version: number | undefined
}

/** What the visitor, or the page, has said of them: the answers to the form, the department, how to reach them. */
export function VisitorFacts({ conversationId, version }: VisitorFactsProps) {
  const { admin } = useConsole()
  const loaded = useLoaded(() => admin.conversations.visitor(conversationId), conversationId)
  const { reload } = loaded
  // biome-ignore lint/correctness/useExhaustiveDependencies: each version is fetched
  useEffect(reload, [version, reload])
  return (
    <LoadView loaded={loaded}>
      {(visitor) => (
        <>
          <Account account={visitor.account} />
          <Facts visitor={visitor} />
          <VisitorActivity events={visitor.events} />
          <VisitorDevice visitor={visitor} />
        </>
      )}
    </LoadView>
  )
}

/** What the site has signed of them: as it says it, by its own names. */
function Account({ account }: Pick<ConversationVisitor, 'account'>) {
  const items = Object.entries(account ?? {}).filter(([, value]) => value !== '')
  if (items.length === 0) return null
  return (
    <section className={`${styles.section} ${styles.said}`} aria-label="From your site, signed">
      <h3>From your site, signed</h3>
      <dl>
        {items.map(([name, value]) => (
          <div key={name}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd dir="auto">{typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

interface Fact {
  /** Two questions may have the same words. */
  key: string
  name: string
  value: string
  proved?: boolean
}

function Facts({ visitor }: { visitor: ConversationVisitor }) {
  const { form, rating } = visitor
  const facts = factsOf(visitor)
  if (facts.length === 0 && !form?.consent && !rating) return null
  return (
    <section className={`${styles.section} ${styles.said}`} aria-label="About the visitor">
      <h3>About the visitor</h3>
      {facts.some(({ proved }) => !proved) && <p>Said by them or by the page, and not proved.</p>}
      <dl>
        {facts.map(({ key, name, value, proved }) => (
          <div key={key}>
            <dt>
              <bdi>{name}</bdi>
              {proved && ' (proved)'}
            </dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
        {rating && (
          <div>
            <dt>
              Rating, <time dateTime={rating.ratedAt}>{fullTime(rating.ratedAt)}</time>
            </dt>
            <dd dir="auto">
              {rating.score} of 5{rating.comment && `: ${rating.comment}`}
            </dd>
          </div>
        )}
        {form?.consent && (
          <div>
            <dt>
              Agreed, <time dateTime={form.consent.at}>{fullTime(form.consent.at)}</time>
            </dt>
            <dd dir="auto">{form.consent.text}</dd>
          </div>
        )}
      </dl>
    </section>
  )
}

/** Each thing once: what was answered to a question is not said again. */
function factsOf({ email, traits, form, questions, department }: ConversationVisitor): Fact[] {
  const answers = Object.entries(form?.answers ?? {}).map(([id, answer]) => ({
    key: `answer ${id}`,
    name: questions[id] ?? id,
    value: typeof answer === 'boolean' ? (answer ? 'Yes' : 'No') : answer,
  }))
  const claims = [
    { name: 'Email', value: traits?.email },
    { name: 'Phone', value: traits?.phone },
    ...Object.entries(traits?.custom ?? {}).map(([name, value]) => ({ name, value: String(value) })),
  ].flatMap(({ name, value }) => (value && value !== email ? [{ key: `claim ${name}`, name, value }] : []))
  const isAnswered = ({ value }: Fact) => answers.some((answer) => answer.value === value)
  return [
    ...(email ? [{ key: 'email', name: 'Email', value: email, proved: true }] : []),
    ...(department ? [{ key: 'department', name: 'Department', value: department.name }] : []),
    ...answers,
    ...claims.filter((claim) => !isAnswered(claim)),
  ]
}
