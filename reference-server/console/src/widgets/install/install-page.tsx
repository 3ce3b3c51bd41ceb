import type { AdministeredWidget } from '@chatdesk/protocol'
import { Tabs } from '@mantine/core'
import { Link } from 'wouter'
import admin from '../../admin/admin.module.css'
import { AdminPage } from '../../admin/admin-page.js'
import { CodeBlock } from '../../admin/code-block.js'
import { LoadView } from '../../admin/load-view.js'
import { Section } from '../../admin/section.js'
import { useLoaded } from '../../admin/use-loaded.js'
import { useConsole } from '../../client/console-services.js'
import { OldKeyNotice } from '../old-key-notice.js'
import { WidgetTabs } from '../widget-tabs.js'
import styles from '../widgets.module.css'
import { embedCodes } from './embed-codes.js'
import { InstallationsTable } from './installations-table.js'
import { PinnedBuild } from './pinned-build.js'

/** How the widget gets onto a site, and where it has. */
export function InstallPage({ widgetId }: { widgetId: string }) {
  const { admin: api } = useConsole()
  const widget = useLoaded(() => api.widgets.get(widgetId))
  const { state } = widget
  return (
    <AdminPage
      title={state.status === 'loaded' ? state.value.name : 'Widget'}
      lead="Paste the code into your site; a minute later it is seen below."
    >
      <WidgetTabs widgetId={widgetId} current="install" />
      <LoadView loaded={widget}>
        {(value) => (
          <>
            {value.allowedOrigins.length === 0 && (
              <p className={admin.readOnly}>
                No site may use this widget yet. <Link href={`/widgets/${value.id}/domains`}>Add your site</Link> first.
              </p>
            )}
            <OldKeyNotice widget={value} />
            <EmbedTabs widget={value} />
            <Section title="Seen on" lead="Sites that have asked for this widget, those that were refused included.">
              <InstallationsTable widget={value} />
            </Section>
          </>
        )}
      </LoadView>
    </AdminPage>
  )
}

/** The code, one way at a time. */
export function EmbedTabs({ widget }: { widget: AdministeredWidget }) {
  const { serverUrl } = useConsole()
  const target = { url: serverUrl, widgetKey: widget.key }
  const codes = embedCodes(target)
  return (
    <Tabs defaultValue="script" keepMounted={false}>
      <Tabs.List aria-label="Ways to embed" className={styles.ways ?? ''}>
        {codes.map(({ id, name }) => (
          <Tabs.Tab key={id} value={id}>
            {name}
          </Tabs.Tab>
        ))}
        <Tabs.Tab value="pinned">Fixed version</Tabs.Tab>
      </Tabs.List>
      {codes.map(({ id, lead, blocks }) => (
        <Tabs.Panel key={id} value={id} pt={16}>
          <div className={admin.stack}>
            <p className={admin.dialogText}>{lead}</p>
            {blocks.map(({ what, text }) => (
              <CodeBlock key={what} what={what} text={text} />
            ))}
          </div>
        </Tabs.Panel>
      ))}
      <Tabs.Panel value="pinned" pt={16}>
        <PinnedBuild target={target} />
      </Tabs.Panel>
    </Tabs>
  )
}
