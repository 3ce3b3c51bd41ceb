import { ownPicture } from './own-picture.js'

/** A picture of who speaks, over their initials; gone when it cannot be shown. */
export function Picture({ address, serverUrl }: { address: string; serverUrl: string }) {
  const src = ownPicture(address, serverUrl)
  if (!src) return null
  return (
    <img
      key={src}
      src={src}
      alt=""
      onError={({ currentTarget }) => {
        currentTarget.hidden = true
      }}
    />
  )
}
