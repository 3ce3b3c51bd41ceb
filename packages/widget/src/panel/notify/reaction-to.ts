/** How a tab stands when a message arrives. */
export interface Situation {
  /** Somebody can see the page. */
  visible: boolean
  /** The panel is open. */
  open: boolean
  muted: boolean
  /** The visitor wants notifications of the browser. */
  notices: boolean
}

/** What a tab does with a message of the other side, if no other tab has taken it. */
export interface Reaction {
  sound: boolean
  notice: boolean
  /** Milliseconds that it leaves to tabs that somebody can see. */
  patience: number
}

/** Longer than a message takes from one tab to the others. */
const PATIENCE_MS = 300

/** The message is read where it can be seen, heard where the page can be seen, and announced where neither is so. */
export function reactionTo({ visible, open, muted, notices }: Situation): Reaction {
  return {
    sound: !muted && !(visible && open),
    notice: notices && !visible,
    patience: visible ? 0 : PATIENCE_MS,
  }
}
