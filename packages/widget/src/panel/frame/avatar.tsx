import type { Author } from '@chatdesk/protocol'
import { part } from '../anatomy.js'
import type { RichPanel } from '../rich-panel.js'
import { initialsOf } from './author-look.js'

/** Options of `Avatar`. */
export interface AvatarProps extends Pick<Author, 'avatarUrl'> {
  panel: RichPanel
  name: string
}

/** Initials of who speaks, under their picture, unless the widget's owner hides who answers. Decoration: the name stands beside it. */
export function Avatar(props: AvatarProps) {
  const { panel, name, avatarUrl } = props
  const { rich, options, settings } = panel
  if (settings?.showAgentAvatars === false) return null
  return (
    <span {...part('avatar')} aria-hidden="true">
      {initialsOf(name)}
      {rich && avatarUrl && <rich.Picture address={avatarUrl} serverUrl={options.url} />}
    </span>
  )
}
