import type { MessageView } from '@chatdesk/core'
import { type Choice, readPart } from '@chatdesk/protocol'
import { part } from '../anatomy.js'
import { CHECK, Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { answerTo } from './answer-to.js'

type InMessage = PanelProps & { message: Pick<MessageView, 'parts'> }

/** The answers that a message offers, below it: until the visitor says anything, and what they chose from then on (X9). */
export function Choices({ panel, message }: PanelProps & { message: MessageView }) {
  const choices = message.own
    ? []
    : message.parts.map(readPart).flatMap((known) => (known.type === 'choices' ? known.choices : []))
  if (choices.length === 0) return null
  return (
    <fieldset {...part('choices')} aria-label={panel.texts.choices}>
      {choices.map((choice, index) => (
        <ChoiceButton key={index} panel={panel} message={message} choice={choice} />
      ))}
    </fieldset>
  )
}

/** One answer. It stays in its place when it is used up, and so does the focus. */
export function ChoiceButton({ panel, message, choice }: InMessage & { choice: Choice }) {
  const { client } = panel
  const answer = answerTo(client.$timeline.get(), message)
  const chosen = answer === choice.id
  const press = () => {
    // Another tab, or the second press of two, may have been faster than the drawing.
    if (answerTo(client.$timeline.get(), message) !== undefined) return
    client.sendMessage([{ type: 'text', text: choice.text, choiceId: choice.id }]).catch(() => {})
  }
  return (
    <button
      {...part('choice')}
      type="button"
      dir="auto"
      aria-disabled={answer !== undefined}
      aria-pressed={chosen}
      onClick={press}
    >
      {chosen && <Icon shape={CHECK} size={16} />}
      {choice.text}
    </button>
  )
}
