import { Avatar } from '../../shell/avatar.js'
import type { Mentionable } from './mentions.js'
import styles from './notes.module.css'

/** Options of `MentionMenu`. */
export interface MentionMenuProps {
  id: string
  people: readonly Mentionable[]
  active: number
  onHover: (index: number) => void
  onPick: (person: Mentionable) => void
}

/** Whom an `@` may mean; the field that it stands above has the keys. */
export function MentionMenu({ id, people, active, onHover, onPick }: MentionMenuProps) {
  return (
    <div id={id} role="listbox" aria-label="Colleagues" className={styles.mentions}>
      {people.map((person, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus, and its keys
        <div
          key={person.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={styles.person}
          onMouseMove={() => onHover(index)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(person)}
        >
          <Avatar id={person.id} name={person.name} size={22} />
          <span dir="auto">{person.name}</span>
        </div>
      ))}
    </div>
  )
}
