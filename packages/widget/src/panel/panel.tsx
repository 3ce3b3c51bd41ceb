import { part } from './anatomy.js'
import { Composer } from './composer/composer.js'
import { Thread } from './conversation/thread.js'
import { ConnectionBanner } from './frame/connection-banner.js'
import { PanelHeader } from './frame/panel-header.js'
import type { PanelProps } from './panel-model.js'

/** Everything that opens from the launcher. */
export function Panel({ panel }: PanelProps) {
  const { open, expanded, fullScreen, texts, extras, begin } = panel
  return (
    // A dialog without a backdrop: the page behind stays in use. Full screen, it is modal.
    <dialog
      {...part('panel')}
      open={open}
      aria-label={texts.panelLabel}
      aria-modal={fullScreen}
      data-expanded={expanded}
      onFocusIn={begin}
      onPointerDown={begin}
      onKeyDown={(event) => fullScreen && extras?.trapTab(event, event.currentTarget)}
    >
      <PanelHeader panel={panel} />
      <ConnectionBanner panel={panel} />
      <Thread panel={panel} />
      <Composer panel={panel} />
    </dialog>
  )
}
