import { ChatError, type ConfigurableSettings, type FormAnswers } from '@chatdesk/protocol'

type PreChatForm = NonNullable<ConfigurableSettings['preChatForm']>
type Field = PreChatForm['fields'][number]
type Answers = FormAnswers['answers']

/** A shape, no more: whether somebody reads mail there nobody can see. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const PHONE = /^\+?[\d\s().-]{5,30}$/

/**
 * The answers as they are kept; throws `VALIDATION_FAILED` with the field unless they are what the form asks for (V2). Where
 * a visitor was shown another consent than the widget's, they have not agreed to it.
 */
export function checkForm(form: PreChatForm | null, { answers, consent }: FormAnswers): Answers {
  if (!form) throw refusal('form', 'This widget has no form.')
  const fields = new Map(form.fields.map((field) => [field.id, field]))
  for (const id of Object.keys(answers)) if (!fields.has(id)) throw refusal(`form.answers.${id}`, 'Not a field of it.')
  for (const field of form.fields) {
    const fault = faultOf(field, answers[field.id])
    if (fault) throw refusal(`form.answers.${field.id}`, fault)
  }
  if (consent !== undefined && consent !== form.consent?.text) throw refusal('form.consent', 'The text has changed.')
  if (form.consent?.required && consent === undefined) throw refusal('form.consent', 'Needed.')
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== ''))
}

function faultOf({ type, required, options }: Field, answer: string | boolean | undefined): string | undefined {
  if (answer === undefined || answer === '' || answer === false) return required ? 'Needed.' : undefined
  if (type === 'checkbox') return answer === true ? undefined : 'Must be true or false.'
  if (typeof answer !== 'string') return 'Must be text.'
  if (type === 'email' && (answer.length > 254 || !EMAIL.test(answer))) return 'Must be an e-mail address.'
  if (type === 'phone' && !PHONE.test(answer)) return 'Must be a phone number.'
  if (type === 'select' && !options?.includes(answer)) return 'Must be one of the options.'
  if (type !== 'textarea' && answer.includes('\n')) return 'Must be one line.'
  return undefined
}

function refusal(field: string, message: string): ChatError {
  return new ChatError('VALIDATION_FAILED', message, { field: `facts.${field}` })
}
