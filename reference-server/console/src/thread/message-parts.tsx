import type { MessageView } from '@chatdesk/core'
import { drawBlocks, drawInline, namedLink, readBlocks, readInline } from '@chatdesk/core/rich-text'
import { type FilePart, type MessagePart, readPart } from '@chatdesk/protocol'
import { createElement } from 'react'
import { MessageFile } from './files/message-file.js'
import styles from './message-parts.module.css'

const nameLink = (words: string) => `${words} (opens in a new tab)`

/** Options of `MessageParts`. */
export interface MessagePartsProps {
  message: Pick<MessageView, 'author' | 'parts' | 'seq'>
  conversationId: string
}

/** What a message says, as its visitor sees it: the team's with its marks (X5), a visitor's as plain text with links (X4). */
export function MessageParts({ message, conversationId }: MessagePartsProps) {
  const plain = message.author.kind === 'visitor'
  const pending = message.seq === undefined
  return (
    <div className={styles.parts}>
      {message.parts.map(readPart).map((part, index) =>
        part.type === 'file' ? (
          <MessageFile key={part.fileId} part={part} conversationId={conversationId} pending={pending} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a message never change
          <Words key={index} part={plain ? { type: 'text', text: part.text } : part} plain={plain} />
        ),
      )}
    </div>
  )
}

function Words({ part, plain }: { part: Exclude<MessagePart, FilePart>; plain: boolean }) {
  if (plain)
    return createElement('p', { dir: 'auto' }, ...drawInline(readInline(part.text, false), createElement, nameLink))
  const words = createElement('div', null, ...drawBlocks(readBlocks(part.text), createElement, nameLink))
  if (part.type === 'text' || part.type === 'payment') return words
  if (part.type === 'choices')
    return (
      <>
        {words}
        <Offers offers={part.choices} />
      </>
    )
  return (
    <>
      <p className={styles.title} dir="auto">
        {part.title}
      </p>
      {words}
      <Offers offers={part.buttons ?? []} />
    </>
  )
}

/** The buttons of a message: links lead where they lead, choices are the visitor's to press. */
function Offers({ offers }: { offers: readonly ({ text: string } & ({ url: string } | { id: string }))[] }) {
  return (
    <ul className={styles.offers} aria-label="Offered to the visitor">
      {offers.map((offer, index) => {
        const link = 'url' in offer && namedLink(offer.text, offer.url)
        return createElement(
          'li',
          { key: index, dir: 'auto' },
          ...(link ? drawInline([link], createElement, nameLink) : [offer.text]),
        )
      })}
    </ul>
  )
}
