/** Where something stands. */
interface Place {
  readonly offsetLeft: number
  readonly offsetTop: number
}

/** What stands next in the direction of an arrow key; undefined where nothing does. Rows may be of any length. */
export function neighbour<T extends Place>(
  all: readonly T[],
  from: T,
  key: string,
  rightToLeft: boolean,
): T | undefined {
  const at = all.indexOf(from)
  const onward = rightToLeft ? 'ArrowLeft' : 'ArrowRight'
  if (key === 'ArrowLeft' || key === 'ArrowRight') return all[at + (key === onward ? 1 : -1)]
  const down = key === 'ArrowDown' ? 1 : -1
  const beyond = all.filter(({ offsetTop }) => (offsetTop - from.offsetTop) * down > 0)
  const row = Math.min(...beyond.map(({ offsetTop }) => offsetTop * down)) * down
  const distance = ({ offsetLeft }: T) => Math.abs(offsetLeft - from.offsetLeft)
  return beyond.filter(({ offsetTop }) => offsetTop === row).sort((a, b) => distance(a) - distance(b))[0]
}
