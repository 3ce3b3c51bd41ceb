import type { Webhook, WebhookDelivery } from '@chatdesk/protocol'
import { Button, SegmentedControl } from '@mantine/core'
import { RefreshCw, Send } from 'lucide-react'
import { useRef, useState } from 'react'
import admin from '../admin/admin.module.css'
import { DataTable } from '../admin/data-table.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { ErrorLine } from '../admin/error-line.js'
import { LoadView } from '../admin/load-view.js'
import { Section } from '../admin/section.js'
import { Tag } from '../admin/tag.js'
import { useAction } from '../admin/use-action.js'
import { useLoaded } from '../admin/use-loaded.js'
import { orNull } from '../api/or-null.js'
import { useConsole } from '../client/console-services.js'
import { fullTime } from '../text/format-time.js'
import styles from './settings.module.css'
import { useAskedAgain } from './use-asked-again.js'
import { DELIVERY_STATES, outcomeText } from './webhook-text.js'

const FILTERS = [
  { value: 'all', label: 'All' },
  ...(['pending', 'failed', 'delivered'] as const).map((value) => ({ value, label: DELIVERY_STATES[value].word })),
]

/** What a webhook was told in the last 30 days, and what it answered. `changes`: how often something was added to it. */
export function WebhookDeliveries({ webhook, changes }: { webhook: Webhook; changes: number }) {
  const { admin: api, current } = useConsole()
  const [filter, setFilter] = useState('all')
  const state = filter === 'all' ? {} : { state: filter as WebhookDelivery['state'] }
  const log = useLoaded(() => api.webhooks.deliveries(webhook.id, state), `${filter} ${changes}`)
  const action = useAction()
  const [replays, setReplays] = useState(0)
  const replay = async (id: string) => {
    if (!(await action.run(() => api.webhooks.replay(webhook.id, id)))) return
    setReplays((count) => count + 1)
    log.reload()
  }
  const shown = log.state.status === 'loaded' ? log.state.value : undefined
  const latest = useRef(shown)
  latest.current = shown
  useAskedAgain(
    shown?.deliveries.some(({ state: at }) => at === 'pending') === true,
    async () => {
      // Of every state: what is not pending any more is not among those that are.
      const page = await api.webhooks.deliveries(webhook.id, {}).catch(orNull)
      const known = latest.current
      if (!page || !known) return
      const news = new Map(page.deliveries.map((delivery) => [delivery.id, delivery] as const))
      log.set({ ...known, deliveries: known.deliveries.map((delivery) => news.get(delivery.id) ?? delivery) })
    },
    `${webhook.id} ${filter} ${changes} ${replays}`,
  )
  const more = (known: WebhookDelivery[], cursor: string) =>
    action.run(async () => {
      const page = await api.webhooks.deliveries(webhook.id, { ...state, cursor })
      log.set({ ...page, deliveries: [...known, ...page.deliveries] })
    })
  return (
    <Section title="Deliveries">
      <div className={admin.row}>
        <SegmentedControl aria-label="Which deliveries" data={FILTERS} value={filter} onChange={setFilter} />
        <Button
          variant="default"
          leftSection={<RefreshCw size={16} strokeWidth={1.75} aria-hidden />}
          onClick={log.reload}
        >
          Look again
        </Button>
      </div>
      <ErrorLine error={action.error} />
      <LoadView loaded={log}>
        {({ deliveries, nextCursor }) =>
          deliveries.length === 0 ? (
            <EmptyNotice
              icon={Send}
              title="Nothing here"
              text="What is sent stands here for 30 days. A ping shows whether the address takes it."
            />
          ) : (
            <>
              <DataTable
                label="Deliveries"
                rows={deliveries}
                rowKey={({ id }) => id}
                columns={[
                  { title: 'What', cell: (delivery) => <Told delivery={delivery} /> },
                  {
                    title: 'State',
                    cell: ({ state: at }) => <Tag tone={DELIVERY_STATES[at].tone}>{DELIVERY_STATES[at].word}</Tag>,
                  },
                  {
                    title: 'When',
                    from: 'tablet',
                    cell: ({ createdAt }) => <time dateTime={createdAt}>{fullTime(createdAt)}</time>,
                  },
                  {
                    title: '',
                    cell: ({ id, type, createdAt }) =>
                      !current.visiting && (
                        <span className={admin.actions}>
                          <Button
                            variant="default"
                            size="xs"
                            fz={13}
                            disabled={!webhook.enabled}
                            aria-label={`Send ${type} of ${fullTime(createdAt)} again`}
                            onClick={() => void replay(id)}
                          >
                            Send again
                          </Button>
                        </span>
                      ),
                  },
                ]}
              />
              {nextCursor !== null && (
                <div className={admin.row}>
                  <Button variant="default" loading={action.busy} onClick={() => void more(deliveries, nextCursor)}>
                    Show older ones
                  </Button>
                </div>
              )}
            </>
          )
        }
      </LoadView>
    </Section>
  )
}

function Told({ delivery }: { delivery: WebhookDelivery }) {
  const { id, type, nextAt, body, response } = delivery
  return (
    <span className={admin.cellTitle}>
      <strong>{type}</strong>
      <span>{outcomeText(delivery)}</span>
      {nextAt !== null && <span>Sent next at {fullTime(nextAt)}</span>}
      <details className={styles.told}>
        <summary>Details</summary>
        <dl>
          <dt>webhook-id</dt>
          <dd>{id}</dd>
          {body !== null && (
            <>
              <dt>Sent</dt>
              <dd dir="auto">{body}</dd>
            </>
          )}
          {response !== null && (
            <>
              <dt>Answered</dt>
              <dd dir="auto">{response || 'Nothing'}</dd>
            </>
          )}
        </dl>
      </details>
    </span>
  )
}
