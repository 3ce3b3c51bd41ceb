import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { trapTab } from '../a11y/trap-tab.js'
import { onViewport } from '../launcher/host-page.js'
import { part } from './anatomy.js'
import { Composer } from './composer/composer.js'
import { Thread } from './conversation/thread.js'
import { ConnectionBanner } from './frame/connection-banner.js'
import { PanelHeader } from './frame/panel-header.js'
import { usePanel } from './panel-environment.js'
import { useStore } from './use-store.js'

/** Everything that opens from the launcher. */
export function Panel() {
  const { texts, $open, begin } = usePanel()
  const open = useStore($open)
  const [expanded, setExpanded] = useState(false)
  const panel = useRef<HTMLDialogElement>(null)

  useLayoutEffect(() => {
    if (!open) return
    return onViewport(({ height, top, fullScreen }) => {
      const element = panel.current
      if (!element) return
      element.setAttribute('aria-modal', `${fullScreen}`)
      // What the on-screen keyboard leaves free.
      element.style.setProperty('--chatdesk-viewport-height', `${height}px`)
      element.style.setProperty('--chatdesk-viewport-top', `${top}px`)
    })
  }, [open])

  return (
    // A dialog without a backdrop: the page behind stays in use. Full screen, it is modal.
    <dialog
      {...part('panel')}
      ref={panel}
      open={open}
      aria-label={texts.panelLabel}
      data-expanded={expanded}
      onFocusIn={begin}
      onPointerDown={begin}
      onKeyDown={(event) => {
        if (panel.current?.getAttribute('aria-modal') === 'true') trapTab(event, panel.current)
      }}
    >
      <PanelHeader expanded={expanded} onExpand={() => setExpanded(!expanded)} />
      <ConnectionBanner />
      <Thread />
      <Composer />
    </dialog>
  )
}
