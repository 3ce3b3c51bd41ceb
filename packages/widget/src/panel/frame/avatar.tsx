import type { Author } from '@chatdesk/protocol'
import { part } from '../anatomy.js'
import type { FullPanelProps } from '../full-panel.js'
import { initialsOf } from './author-look.js'

/** Initials of who speaks, under their picture. Decoration: the name stands beside it. */
export function Avatar(props: FullPanelProps & Pick<Author, 'avatarUrl'> & { name: string }) {
  const { panel, name, avatarUrl } = props
  const { rich, options } = panel
  return (
    <span {...part('avatar')} aria-hidden="true">
      {initialsOf(name)}
      {rich && avatarUrl && <rich.Picture address={avatarUrl} serverUrl={options.url} />}
    </span>
  )
}
