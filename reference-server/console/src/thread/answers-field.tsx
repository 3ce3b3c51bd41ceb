import { LIMITS } from '@chatdesk/protocol'
import { Textarea } from '@mantine/core'
import { mayOffer } from './answer-choices.js'
import styles from './reply-box.module.css'

/** Where an agent writes answers that the visitor can choose from. */
export function AnswersField({ value, onChange }: { value: string; onChange(value: string): void }) {
  return (
    <Textarea
      className={styles.answers ?? ''}
      label="Answers to choose from"
      description="One on each line. They become buttons below your message."
      error={!mayOffer(value) && `At most ${LIMITS.choices} answers of ${LIMITS.lineLength} characters each.`}
      autosize
      minRows={2}
      maxRows={6}
      autoFocus
      dir="auto"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
