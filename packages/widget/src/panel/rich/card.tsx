import type { MessageView } from '@chatdesk/core'
import { namedLink } from '@chatdesk/core/rich-text'
import type { CardPart } from '@chatdesk/protocol'
import { part } from '../anatomy.js'
import type { PanelProps } from '../panel-model.js'
import { ChoiceButton } from './choices.jsx'
import { drawLink, drawMarked } from './draw-words.js'
import { ownPicture } from './own-picture.js'

/** A card: a title, words, a picture of the server's own, links and choices. */
export function Card({ panel, card, message }: PanelProps & { card: CardPart; message: Pick<MessageView, 'parts'> }) {
  const { title, text, imagePath, buttons = [] } = card
  const picture = ownPicture(imagePath, panel.options.url)
  return (
    <div {...part('card')}>
      {picture && (
        <img
          src={picture}
          alt=""
          loading="lazy"
          onError={({ currentTarget }) => {
            currentTarget.hidden = true
          }}
        />
      )}
      <p class="card-title" dir="auto">
        {title}
      </p>
      {drawMarked(panel, text)}
      {buttons.map((button, index) => {
        if ('id' in button) return <ChoiceButton key={index} panel={panel} message={message} choice={button} />
        const link = namedLink(button.text, button.url)
        return link && drawLink(panel, link)
      })}
    </div>
  )
}
