import { part } from '../anatomy.js'
import { EXPAND, Icon, MINIMISE, SHRINK } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { Avatar } from './avatar.js'

/** Says who answers, and holds the panel's own buttons. */
export function PanelHeader({ panel }: PanelProps) {
  const { client, texts, expanded } = panel
  const { agent, status, id } = client.$conversation.get()
  const team = panel.team || texts.titleFallback
  const title = agent?.name || team

  let subtitle = texts.subtitleNew
  if (status === 'resolved') subtitle = texts.subtitleResolved
  else if (agent) subtitle = team
  else if (id) subtitle = texts.subtitleWaiting

  return (
    // No header element: in a shadow root too it would be a second banner of the host page.
    <div {...part('header')}>
      <Avatar panel={panel} name={title} avatarUrl={agent?.avatarUrl} />
      <div class="heading">
        <h2 {...part('title')} title={title}>
          {title}
        </h2>
        {subtitle !== title && <p {...part('subtitle')}>{subtitle}</p>}
      </div>
      <button
        {...part('header-action')}
        data-action="expand"
        type="button"
        aria-label={expanded ? texts.shrink : texts.expand}
        onClick={panel.resize}
      >
        <Icon shape={expanded ? SHRINK : EXPAND} size={18} />
      </button>
      <button {...part('header-action')} type="button" aria-label={texts.minimise} onClick={panel.close}>
        <Icon shape={MINIMISE} />
      </button>
    </div>
  )
}
