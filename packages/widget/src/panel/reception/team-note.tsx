import type { Availability } from '@chatdesk/core/availability'
import type { QueuePlace } from '@chatdesk/protocol'
import { receptionTexts } from '../../text/en-reception.js'
import { part } from '../anatomy.js'
import { CLOCK, Icon } from '../icon.js'
import type { PanelModel, PanelProps, TeamNote } from '../panel-model.js'
import { backAt } from './back-at.js'
import { placeText } from './queue-place.js'

/** What is said for the team now: that a machine answers; while the team is there, where one stands in its queue, or how soon it answers; while it is not, when it is back. */
export function teamNote(
  { client, settings, texts, locale }: Pick<PanelModel, 'client' | 'settings' | 'texts' | 'locale'>,
  { open, nextChangeAt }: Availability,
  place: QueuePlace | null,
): TeamNote {
  const { status } = client.$conversation.get()
  // The texts are of before this chunk came, the first time.
  const words = { ...receptionTexts, ...texts }
  if (status === 'open') return { subtitle: words.assistantAnswers }
  // Out of hours, too, somebody may be answering.
  if (!open && status === 'assigned') return {}
  if (open && place) return { subtitle: placeText(words, place, locale) }
  if (open) return status === 'resolved' ? {} : { subtitle: settings?.expectedReply || undefined }
  const now = new Date(client.port.link.clock.now())
  return {
    subtitle: nextChangeAt === null ? words.leaveMessage : backAt(words, locale, new Date(nextChangeAt), now),
    placeholder: words.leaveMessage,
    Notice: Away,
  }
}

/** What the team says while it is not there; where it has no words of its own, in the visitor's language. */
function Away({ panel: { settings, texts } }: PanelProps) {
  return (
    <p {...part('team-note')}>
      <Icon shape={CLOCK} size={16} />
      <span dir="auto">{settings?.offlineMessage || texts.awayNotice}</span>
    </p>
  )
}
