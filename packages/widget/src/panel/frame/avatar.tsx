import type { Author } from '@chatdesk/protocol'
import { useState } from 'preact/hooks'
import { part } from '../anatomy.js'
import { usePanel } from '../panel-environment.js'
import { initialsOf, ownPicture } from './author-look.js'

/** Picture or initials of who speaks. Decoration: the name stands beside it. */
export function Avatar({ name, avatarUrl }: Pick<Author, 'avatarUrl'> & { name: string }) {
  const { serverOrigin } = usePanel()
  const [broken, setBroken] = useState<string>()
  const picture = ownPicture(avatarUrl, serverOrigin)
  return (
    <span {...part('avatar')} aria-hidden="true">
      {picture && picture !== broken ? (
        <img src={picture} alt="" onError={() => setBroken(picture)} />
      ) : (
        initialsOf(name)
      )}
    </span>
  )
}
