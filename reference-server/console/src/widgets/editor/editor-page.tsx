import { useState } from 'react'
import { Redirect } from 'wouter'
import { AdminPage } from '../../admin/admin-page.js'
import { LoadView } from '../../admin/load-view.js'
import { useLoaded } from '../../admin/use-loaded.js'
import { useConsole } from '../../client/console-services.js'
import { Editor } from './editor.js'
import { SECTIONS, type SectionId } from './sections.js'

/** The form of one widget, with its preview beside. */
export function EditorPage({ widgetId, section }: { widgetId: string; section: string | undefined }) {
  const { admin: api } = useConsole()
  const widget = useLoaded(() => api.widgets.get(widgetId))
  const [gone, setGone] = useState(false)
  const known = SECTIONS.find(({ id }) => id === section)
  if (!known) return <Redirect to={`/widgets/${widgetId}/${SECTIONS[0].id}`} replace />
  if (gone) return null
  if (widget.state.status !== 'loaded') {
    return (
      <AdminPage title="Widget" lead="How it looks, and what it does.">
        <LoadView loaded={widget}>{() => null}</LoadView>
      </AdminPage>
    )
  }
  return (
    <Editor
      widget={widget.state.value}
      section={known.id as SectionId}
      onSaved={widget.set}
      onDeleted={() => setGone(true)}
    />
  )
}
