import type { AdministeredWidget } from '@chatdesk/protocol'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { useConsole } from '../../client/console-services.js'
import type { WidgetDraft } from '../editor/widget-draft.js'
import styles from './preview.module.css'

/** What is typed is shown when the fingers rest. */
const REST_MS = 250

/**
 * The widget's real bundle with what is not saved yet. It stands in a sandboxed page without an origin, whose policy lets
 * nothing be fetched: it opens no session, and reads nothing of the console's.
 */
export function WidgetPreview({ widget, draft }: { widget: AdministeredWidget; draft: WidgetDraft }) {
  const { previewUrl } = useConsole()
  const frameRef = useRef<HTMLIFrameElement>(null)
  const [ready, setReady] = useState(0)
  const [{ settings, name }] = useDebouncedValue(draft, REST_MS)
  // By its words: the preview opens anew with each, and a field that is left may say again what it has said.
  const message = JSON.stringify({ ...settings, key: widget.key, name })

  useEffect(() => {
    const onMessage = ({ source, data }: MessageEvent<unknown>) => {
      // The window says who speaks: a page without an origin has none to compare.
      if (source === null || source !== frameRef.current?.contentWindow) return
      if (data === 'chatdesk.preview.ready') setReady((count) => count + 1)
    }
    window.addEventListener('message', onMessage)
    return () => window.removeEventListener('message', onMessage)
  }, [])

  useEffect(() => {
    if (ready === 0) return
    // To whatever page stands there: without an origin it cannot be named. Nothing in it is secret.
    frameRef.current?.contentWindow?.postMessage(JSON.parse(message), '*')
  }, [ready, message])

  return (
    <div className={styles.stage}>
      <iframe
        ref={frameRef}
        className={styles.frame}
        title="Preview of the widget"
        src={previewUrl}
        sandbox="allow-scripts"
      />
      <p className={styles.note}>As visitors see it, saved or not. Nobody can write to you from here.</p>
    </div>
  )
}
