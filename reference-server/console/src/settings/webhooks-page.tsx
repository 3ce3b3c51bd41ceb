import type { Webhook } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { Plus, Webhook as WebhookIcon } from 'lucide-react'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { DataTable } from '../admin/data-table.js'
import { Dialog } from '../admin/dialog.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { LoadView } from '../admin/load-view.js'
import { Moment } from '../admin/moment.js'
import { Tag } from '../admin/tag.js'
import { useLoaded } from '../admin/use-loaded.js'
import { useConsole } from '../client/console-services.js'
import { WebhookForm } from './webhook-form.js'
import { WebhookPage } from './webhook-page.js'
import { EVENT_NAMES, healthOf, hostOf } from './webhook-text.js'

/** Who else is told of what happens; one of them with what it was told. */
export function WebhooksPage() {
  const { admin: api, current } = useConsole()
  const webhooks = useLoaded(() => api.webhooks.list())
  const [making, setMaking] = useState(false)
  const [openedId, setOpenedId] = useState<string | null>(null)
  const { state } = webhooks
  const opened = state.status === 'loaded' ? state.value.find(({ id }) => id === openedId) : undefined
  if (opened) {
    const back = () => {
      setOpenedId(null)
      webhooks.reload()
    }
    return <WebhookPage webhook={opened} onChange={webhooks.reload} onBack={back} />
  }
  const made = () => {
    setMaking(false)
    webhooks.reload()
  }
  return (
    <AdminPage
      title="Webhooks"
      lead="Addresses of yours that are told what happens here, at once and signed: a CRM, a warehouse, a bot."
      action={
        // What lasts beyond a visit is no guest's to make.
        !current.visiting && (
          <Button leftSection={<Plus size={16} strokeWidth={1.75} aria-hidden />} onClick={() => setMaking(true)}>
            Make a webhook
          </Button>
        )
      }
    >
      <LoadView loaded={webhooks}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyNotice
              icon={WebhookIcon}
              title="No webhooks yet"
              text="Make one for each program that has to know when a conversation begins, a message is written, or a visitor rates."
            />
          ) : (
            <Webhooks rows={rows} onOpen={setOpenedId} />
          )
        }
      </LoadView>
      <Dialog opened={making} onClose={made} title="Make a webhook">
        <WebhookForm webhook={null} onDone={made} />
      </Dialog>
    </AdminPage>
  )
}

function Webhooks({ rows, onOpen }: { rows: Webhook[]; onOpen: (id: string) => void }) {
  return (
    <DataTable
      label="Webhooks"
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          title: 'Address',
          sortBy: ({ url }) => hostOf(url),
          cell: ({ url, events }) => (
            <span className={admin.cellTitle}>
              <strong>
                <bdi>{hostOf(url)}</bdi>
              </strong>
              <span>{events.map((type) => EVENT_NAMES[type]).join(' · ')}</span>
            </span>
          ),
        },
        {
          title: 'State',
          sortBy: (webhook) => healthOf(webhook).word,
          cell: (webhook) => {
            const { word, tone } = healthOf(webhook)
            return <Tag tone={tone}>{word}</Tag>
          },
        },
        {
          title: 'Made',
          from: 'tablet',
          sortBy: ({ createdAt }) => createdAt,
          cell: ({ createdAt }) => <Moment at={createdAt} />,
        },
        {
          title: '',
          cell: ({ id, url }) => (
            <span className={admin.actions}>
              <Button variant="default" size="xs" fz={13} aria-label={`Open ${hostOf(url)}`} onClick={() => onOpen(id)}>
                Open
              </Button>
            </span>
          ),
        },
      ]}
    />
  )
}
