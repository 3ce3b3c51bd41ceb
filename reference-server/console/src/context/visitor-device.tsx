import type { ConversationVisitor } from '@chatdesk/protocol'
import { languageText, placeText } from '../text/place-names.js'
import { safeLink } from '../text/safe-link.js'
import styles from './context-panel.module.css'

const TYPES: Record<string, string> = { desktop: 'Computer', mobile: 'Phone', tablet: 'Tablet', tv: 'TV', bot: 'Bot' }

/** With what the visitor came, and from where: hints, as their browser says. */
export function VisitorDevice({ visitor: { device, locale, referrer } }: { visitor: ConversationVisitor }) {
  const language = locale ?? device.language
  const from = referrer ? safeLink(referrer) : null
  const facts = [
    ['Device', device.type && (TYPES[device.type] ?? device.type)],
    ['Browser', [device.browser, device.os].filter(Boolean).join(', ') || null],
    ['Place', placeText(device)],
    ['Language', language && languageText(language)],
    ['Came by', from ? from.label : referrer],
  ].filter((fact): fact is [string, string] => Boolean(fact[1]))
  if (facts.length === 0) return null
  return (
    <section className={styles.section} aria-label="Device and place">
      <h3>Device and place</h3>
      <dl className={styles.rows}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
