import type { Author } from '@chatdesk/protocol'
import type { ComponentType } from 'preact'
import type { Texts } from '../../text/en.js'
import { formatCount, formatText } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import type { AvatarProps } from '../frame/avatar.js'
import type { RichPanel } from '../rich-panel.js'

interface ThreadEndProps {
  panel: RichPanel
  /** The panel's own, which no chunk has twice. */
  Avatar: ComponentType<AvatarProps>
  nameOf(author: Author, texts: Texts): string
}

/** What stands below what was said last: who types, and what is said for the team. */
export function ThreadEnd({ panel, Avatar, nameOf }: ThreadEndProps) {
  const { client, texts, locale, settings, teamNote } = panel
  const { 0: author, length: count } = client.$typing.get()
  const name = author && nameOf(author, texts)
  return (
    <>
      {author && name && settings?.showTypingIndicator !== false && (
        <div {...part('typing')}>
          <Avatar panel={panel} name={name} avatarUrl={author.avatarUrl} />
          {/* Whoever listens is told the message, once it is whole. */}
          <span class="dots" aria-hidden="true">
            {author.draft ?? [<i />, <i />, <i />]}
          </span>
          <span class="sr-only">
            {count > 1 ? formatCount(texts.typingMany, count, locale) : formatText(texts.typing, { name })}
          </span>
        </div>
      )}
      {teamNote?.Notice && <teamNote.Notice panel={panel} />}
    </>
  )
}
