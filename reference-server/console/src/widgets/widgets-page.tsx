import type { AdministeredWidget, Installation } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { MessagesSquare, Plus } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { DataTable } from '../admin/data-table.js'
import { Dialog } from '../admin/dialog.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { LoadView } from '../admin/load-view.js'
import { Moment } from '../admin/moment.js'
import { NameForm } from '../admin/name-form.js'
import { ShortName } from '../admin/short-name.js'
import { Tag } from '../admin/tag.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayAdminister, useConsole } from '../client/console-services.js'
import styles from './widgets.module.css'

/** A widget, and where it was seen; null while that is not known. */
interface Row {
  widget: AdministeredWidget
  seen: Installation[] | null
}

/** "My widgets": each is one place where visitors write. */
export function WidgetsPage() {
  const { admin: api, current } = useConsole()
  const widgets = useLoaded(() => api.widgets.list())
  const [making, setMaking] = useState(false)
  const [, navigate] = useLocation()
  const mayChange = mayAdminister(current)
  const create = mayChange && (
    <Button leftSection={<Plus size={16} strokeWidth={1.75} aria-hidden />} onClick={() => setMaking(true)}>
      Create a widget
    </Button>
  )
  return (
    <AdminPage
      title="My widgets"
      lead="Each is a chat on one or more of your sites, with its own look, hours and list of domains."
      action={create}
    >
      <LoadView loaded={widgets}>
        {(list) =>
          list.length === 0 ? (
            <EmptyNotice
              icon={MessagesSquare}
              title="No widgets yet"
              text="Create one, paste a few lines into your site, and visitors can write to you."
            >
              {mayChange && !current.visiting && (
                <Link href="/setup" className={admin.link}>
                  Be led through it
                </Link>
              )}
            </EmptyNotice>
          ) : (
            <WidgetTable widgets={list} />
          )
        }
      </LoadView>
      <Dialog opened={making} onClose={() => setMaking(false)} title="Create a widget">
        <NameForm
          submitLabel="Create"
          description="Who answers, as visitors read it. You can change it, and everything else, next."
          onCancel={() => setMaking(false)}
          onSubmit={async (name) => navigate(`/widgets/${(await api.widgets.create({ name })).id}/appearance`)}
        />
      </Dialog>
    </AdminPage>
  )
}

function WidgetTable({ widgets }: { widgets: AdministeredWidget[] }) {
  const { admin: api } = useConsole()
  // The list stands without them; a widget whose installations cannot be told is no reason to hide the others.
  const { state } = useLoaded(
    () => Promise.all(widgets.map(({ id }) => api.widgets.installations(id).catch(() => null))),
    widgets.map(({ id }) => id).join(),
  )
  const rows: Row[] = widgets.map((widget, index) => ({
    widget,
    seen: state.status === 'loaded' ? (state.value[index] ?? null) : null,
  }))
  return (
    <DataTable
      label="Widgets"
      rows={rows}
      rowKey={({ widget }) => widget.id}
      searchBy={({ widget }) => `${widget.name} ${widget.key} ${widget.allowedOrigins.join(' ')}`}
      columns={[
        {
          title: 'Name',
          sortBy: ({ widget }) => widget.name,
          cell: ({ widget: { id, name, key } }) => (
            <span className={admin.cellTitle}>
              <Link href={`/widgets/${id}`}>
                <bdi>{name}</bdi>
              </Link>
              <code className={styles.key}>{key}</code>
            </span>
          ),
        },
        {
          title: 'Domains',
          from: 'tablet',
          cell: ({ widget }) => <Domains origins={widget.allowedOrigins} />,
        },
        {
          title: 'Seen on',
          from: 'tablet',
          sortBy: ({ seen }) => seen?.length ?? -1,
          cell: ({ seen }) => <Seen seen={seen} />,
        },
        {
          title: 'Made',
          from: 'desktop',
          sortBy: ({ widget }) => widget.createdAt,
          cell: ({ widget }) => (
            <span className={admin.cellTitle}>
              <Moment at={widget.createdAt} />
              {widget.createdBy && (
                <span>
                  <ShortName name={widget.createdBy.name} />
                </span>
              )}
            </span>
          ),
        },
        {
          title: 'State',
          sortBy: ({ widget }) => Number(widget.enabled) * (widget.allowedOrigins.length > 0 ? 2 : 1),
          cell: ({ widget }) => <State widget={widget} />,
        },
        {
          title: '',
          from: 'tablet',
          cell: ({ widget: { id, name } }) => (
            <Link href={`/widgets/${id}/install`} className={admin.link} aria-label={`Install ${name}`}>
              Install
            </Link>
          ),
        },
      ]}
    />
  )
}

function Domains({ origins: [first, ...others] }: { origins: string[] }) {
  if (first === undefined) return 'None'
  return (
    <span className={admin.cellTitle} title={[first, ...others].join('\n')}>
      {first.replace(/^https?:\/\//, '')} {others.length > 0 && <span>and {others.length} more</span>}
    </span>
  )
}

/** A widget that is on and that no site may use is on for nobody. */
function State({ widget: { enabled, allowedOrigins } }: { widget: AdministeredWidget }) {
  if (!enabled) return <Tag tone="bad">Off</Tag>
  return allowedOrigins.length > 0 ? <Tag tone="good">On</Tag> : <Tag tone="late">No domain yet</Tag>
}

function Seen({ seen }: { seen: Installation[] | null }) {
  if (seen === null) return '–'
  const accepted = seen.filter(({ refused }) => !refused).length
  const refused = seen.length - accepted
  return (
    <>
      {accepted === 0 ? 'No site yet' : accepted === 1 ? '1 site' : `${accepted} sites`}{' '}
      {refused > 0 && <Tag tone="late">{refused} refused</Tag>}
    </>
  )
}
