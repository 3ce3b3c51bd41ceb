import { type ReplyValues, replyPieces } from '@chatdesk/protocol'
import styles from './replies.module.css'

const NAMES: Record<keyof ReplyValues, string> = {
  'visitor.name': 'visitor’s name',
  'visitor.email': 'visitor’s email',
  'agent.name': 'agent’s name',
  'organization.name': 'organization’s name',
}

/** Words with variables, of which each says what will stand there. */
export function ReplyText({ text }: { text: string }) {
  return replyPieces(text).map((piece) =>
    'words' in piece ? (
      piece.words
    ) : (
      <span key={piece.from} className={styles.variable}>
        {NAMES[piece.variable]}
        {piece.fallback !== '' && ` or “${piece.fallback}”`}
      </span>
    ),
  )
}
