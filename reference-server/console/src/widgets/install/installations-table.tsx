import type { AdministeredWidget, Installation } from '@chatdesk/protocol'
import { Globe } from 'lucide-react'
import { type Column, DataTable } from '../../admin/data-table.js'
import { EmptyNotice } from '../../admin/empty-notice.js'
import { LoadView } from '../../admin/load-view.js'
import { Moment } from '../../admin/moment.js'
import { Tag } from '../../admin/tag.js'
import { useLoaded } from '../../admin/use-loaded.js'
import { useConsole } from '../../client/console-services.js'

/** Left out where no page has told any. */
const VERSION: Column<Installation> = { title: 'Version', from: 'desktop', cell: ({ version }) => version ?? 'Unknown' }

/** The domains that a widget was seen on. */
export function InstallationsTable({ widget }: { widget: AdministeredWidget }) {
  const { admin: api } = useConsole()
  const installations = useLoaded(() => api.widgets.installations(widget.id))
  return (
    <LoadView loaded={installations}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyNotice
            icon={Globe}
            title="Not seen anywhere yet"
            text="Open a page of your site with the code in it, then look here again."
          />
        ) : (
          <DataTable
            label="Installations"
            rows={rows}
            rowKey={({ domain, refused }) => `${domain} ${refused}`}
            searchBy={({ domain }) => domain}
            columns={[
              { title: 'Domain', sortBy: ({ domain }) => domain, cell: ({ domain }) => <bdi>{domain}</bdi> },
              {
                title: 'State',
                sortBy: ({ refused }) => Number(refused),
                cell: ({ refused }) => (refused ? <Tag tone="late">Refused</Tag> : <Tag tone="good">Works</Tag>),
              },
              {
                title: 'First seen',
                from: 'tablet',
                sortBy: ({ firstSeenAt }) => firstSeenAt,
                cell: ({ firstSeenAt }) => <Moment at={firstSeenAt} />,
              },
              {
                title: 'Last seen',
                from: 'tablet',
                sortBy: ({ lastSeenAt }) => lastSeenAt,
                cell: ({ lastSeenAt }) => <Moment at={lastSeenAt} />,
              },
              ...(rows.some(({ version }) => version !== null) ? [VERSION] : []),
              {
                title: 'Visits',
                from: 'tablet',
                align: 'end',
                sortBy: ({ visits }) => visits,
                cell: ({ visits }) => visits.toLocaleString(),
              },
            ]}
          />
        )
      }
    </LoadView>
  )
}
