import type { Author } from '@chatdesk/protocol'
import { part } from '../anatomy.js'
import type { PanelProps } from '../panel-model.js'
import { initialsOf, ownPicture } from './author-look.js'

/** Initials of who speaks, under their picture. Decoration: the name stands beside it. */
export function Avatar({ panel, name, avatarUrl }: PanelProps & Pick<Author, 'avatarUrl'> & { name: string }) {
  const picture = ownPicture(avatarUrl, panel.serverOrigin)
  return (
    <span {...part('avatar')} aria-hidden="true">
      {initialsOf(name)}
      {picture && (
        <img
          key={picture}
          src={picture}
          alt=""
          onError={({ currentTarget }) => {
            currentTarget.hidden = true
          }}
        />
      )}
    </span>
  )
}
