import type { MessageView } from '@chatdesk/core'
import { namedLink } from '@chatdesk/core/rich-text'
import type { CardPart } from '@chatdesk/protocol'
import { part } from '../anatomy.js'
import type { PanelProps } from '../panel-model.js'
import { ChoiceButton } from './choices.jsx'
import { drawLink, drawMarked } from './draw-words.js'
import { Picture } from './picture.js'

/** A card: a title, words, a picture of the server's own, links and choices. */
export function Card({ panel, card, message }: PanelProps & { card: CardPart; message: Pick<MessageView, 'parts'> }) {
  const { title, text, imagePath, buttons = [] } = card
  return (
    <div {...part('card')}>
      <Picture address={imagePath} serverUrl={panel.options.url} />
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
