import { type REPLY_VARIABLES, replyPieces } from '@chatdesk/protocol'
import styles from './replies.module.css'

const NAMES: Record<(typeof REPLY_VARIABLES)[number], string> = {
  'visitor.name': 'visitor’s name',
  'visitor.email': 'visitor’s email',
  'agent.name': 'agent’s name',
  'organization.name': 'organization’s name',
}

/** Words with variables, of which each says what will stand there. */
export function ReplyText({ text }: { text: string }) {
  return replyPieces(text).map((piece, index) =>
    'words' in piece ? (
      piece.words
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text that is drawn anew as a whole
      <span key={index} className={styles.variable}>
        {NAMES[piece.variable]}
        {piece.fallback !== '' && ` or “${piece.fallback}”`}
      </span>
    ),
  )
}
