import type { OfferedDepartment, PreChatForm, VisitorFacts } from '@chatdesk/protocol'
import { type Answers, OWN, type Question } from './questions.js'

/** What a visitor's answers say: of them, and to the team. */
export interface Said {
  facts: VisitorFacts
  /** A message; empty when none was asked for. */
  message: string
}

/** What answers say to the server. What the site has proved is answered where the form asks, and claimed nowhere. */
export function factsOf(
  form: PreChatForm | null,
  departments: readonly OfferedDepartment[],
  questions: readonly Question[],
  answers: Answers,
): Said {
  const answer = (id: string) => {
    const given = answers[id] ?? ''
    return typeof given === 'string' ? given.trim() : given
  }
  const traits = Object.fromEntries(
    questions.flatMap(({ id, trait, proved }) => (trait && !proved && answer(id) ? [[trait, answer(id)]] : [])),
  )
  const department = departments.find(({ name }) => name === answer(OWN.department))
  return {
    facts: {
      ...(Object.keys(traits).length > 0 && { traits }),
      ...(form && {
        form: {
          answers: Object.fromEntries(form.fields.map(({ id }) => [id, answer(id)])),
          ...(form.consent && answer(OWN.consent) && { consent: form.consent.text }),
        },
      }),
      ...(department && { departmentId: department.id }),
    },
    message: `${answer(OWN.message)}`,
  }
}
