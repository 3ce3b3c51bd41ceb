import { initials } from '../text/initials.js'
import styles from './avatar.module.css'

/** Initials on a colour of the person's own. No picture: an address from outside would tell it that an agent looks (threat 64). */
export function Avatar({ id, name, size }: { id: string; name: string; size: number }) {
  return (
    <span
      className={styles.avatar}
      style={{ '--hue': hueOf(id), inlineSize: size, blockSize: size, fontSize: Math.max(12, Math.round(size * 0.36)) }}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  )
}

/** The same person has the same colour everywhere. FNV-1a: ids that differ in their last character differ in colour. */
function hueOf(id: string): number {
  let hash = 0x811c9dc5
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0) % 360
}
