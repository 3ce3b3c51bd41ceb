import type { VisitorConversation } from '@chatdesk/protocol'
import { formatCount } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import { initialsOf } from '../frame/author-look.js'
import type { PanelProps } from '../panel-model.js'
import { shortMoment } from './short-moment.js'

interface ConversationRowProps extends PanelProps {
  conversation: VisitorConversation
  onChoose(id: string): void
}

/** One conversation: who answers, its last words, when, and what is unread. */
export function ConversationRow({ panel, conversation, onChoose }: ConversationRowProps) {
  const { texts, locale, time, team } = panel
  const { id, agent, status, unread, lastMessage, updatedAt } = conversation
  const name = agent?.name || team || texts.titleFallback
  const moment = lastMessage?.createdAt ?? updatedAt
  const words = lastMessage?.text ?? texts.homeNothingSaid
  const state = { resolved: texts.homeEnded, waiting: texts.homeWaiting }[status as string]
  return (
    <button {...part('conversation')} type="button" data-status={status} onClick={() => onChoose(id)}>
      <span class="avatar" aria-hidden="true">
        {initialsOf(name)}
      </span>
      <span class="conversation-text">
        <span class="conversation-line">
          <span class="conversation-name" dir="auto">
            {name}
          </span>
          <time dateTime={moment} title={time.exact(moment)}>
            {shortMoment(panel, moment)}
          </time>
        </span>
        <span class="conversation-line">
          {lastMessage?.author.kind === 'visitor' && <span class="conversation-own">{texts.homeOwn}</span>}{' '}
          <span class="conversation-words" dir="auto">
            {words}
          </span>
          {unread > 0 ? (
            <span class="conversation-unread">
              <span aria-hidden="true">{unread > 99 ? '99+' : unread.toLocaleString(locale)}</span>
              {/* Comes with the extras: a page may have asked for the home before. */}
              {texts.unread && <span class="sr-only">{formatCount(texts.unread, unread, locale)}</span>}
            </span>
          ) : (
            state && <span class="conversation-state">{state}</span>
          )}
        </span>
      </span>
    </button>
  )
}
