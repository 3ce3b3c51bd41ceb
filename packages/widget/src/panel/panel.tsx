import { part } from './anatomy.js'
import { Composer } from './composer/composer.js'
import { Thread } from './conversation/thread.js'
import { PanelHeader } from './frame/panel-header.js'
import type { FullPanelProps } from './full-panel.js'

/** Everything that opens from the launcher. */
export function Panel({ panel }: FullPanelProps) {
  const { open, expanded, fullScreen, patient, texts, extras, view, begin, options, Offer } = panel
  // A dialog without a backdrop: the page behind stays in use. Full screen, it is modal. Inline, it is a part of the page.
  const Frame = (options.mode === 'inline' ? 'section' : 'dialog') as 'dialog'
  return (
    <>
      <Frame
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
        {/* Always there, because what is said is announced only in a region that stood before. */}
        <div role="status">
          {!patient &&
            (extras ? <extras.ConnectionBanner panel={panel} /> : <p {...part('banner')}>{texts.connecting}</p>)}
        </div>
        {view ? (
          <view.Body panel={panel} />
        ) : (
          <>
            <Thread panel={panel} />
            {Offer && <Offer panel={panel} />}
            <Composer panel={panel} />
          </>
        )}
      </Frame>
      {extras && <extras.Attendants panel={panel} />}
    </>
  )
}
