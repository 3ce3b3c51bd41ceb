import type { PreChatForm } from '@chatdesk/protocol'

/** A form as it is saved: choices without empty lines and repetitions, which stand there while one types. */
export function tidyForm(form: PreChatForm): PreChatForm {
  const fields = form.fields.map((field) => {
    const choices = field.options?.map((option) => option.trim()).filter((option) => option !== '')
    return choices ? { ...field, options: [...new Set(choices)] } : field
  })
  return { ...form, fields }
}
