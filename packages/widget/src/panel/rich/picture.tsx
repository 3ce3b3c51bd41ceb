import { ownPicture } from './own-picture.js'

/** A picture of the server's own, of a card or of who speaks, over their initials; gone when it cannot be shown. */
export function Picture({ address, serverUrl }: { address: string | undefined; serverUrl: string }) {
  const src = ownPicture(address, serverUrl)
  if (!src) return null
  return (
    <img
      key={src}
      src={src}
      alt=""
      loading="lazy"
      onError={({ currentTarget }) => {
        currentTarget.hidden = true
      }}
    />
  )
}
