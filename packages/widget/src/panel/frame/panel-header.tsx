import { part } from '../anatomy.js'
import type { FullPanelProps } from '../full-panel.js'
import { Icon, MINIMISE } from '../icon.js'
import { Avatar } from './avatar.js'

/** Says who answers, and holds the panel's own buttons. */
export function PanelHeader({ panel }: FullPanelProps) {
  const { client, texts, extras, view, teamNote } = panel
  const { agent, status, id } = client.$conversation.get()
  const team = panel.team || texts.titleFallback
  const title = agent?.name || team

  let subtitle = texts.subtitleNew
  if (status === 'resolved') subtitle = texts.subtitleResolved
  else if (agent) subtitle = team
  else if (id) subtitle = texts.subtitleWaiting
  subtitle = teamNote?.subtitle ?? subtitle

  return (
    // No header element: in a shadow root too it would be a second banner of the host page.
    <div {...part('header')}>
      {view ? (
        extras && <extras.BackButton panel={panel} />
      ) : (
        <Avatar panel={panel} name={title} avatarUrl={agent?.avatarUrl} />
      )}
      <div class="heading">
        <h2 {...part('title')} title={title} dir="auto">
          {view?.title ?? title}
        </h2>
        {!view && subtitle !== title && (
          <p {...part('subtitle')} dir="auto">
            {subtitle}
          </p>
        )}
      </div>
      {extras && <extras.HeaderActions panel={panel} />}
      <button {...part('header-action')} type="button" aria-label={texts.minimise} onClick={panel.close}>
        <Icon shape={MINIMISE} />
      </button>
    </div>
  )
}
