import { useState } from 'react'
import { useConsole } from '../client/console-services.js'
import { FormBuilder, usualForm } from '../widgets/editor/form-section.js'
import { tidyForm } from '../widgets/editor/tidy-form.js'
import { StepFrame } from './step-frame.js'
import type { StepProps } from './step-props.js'

/** What visitors are asked before they can write. */
export function FormStep({ widget, onWidget, next }: StepProps) {
  const { admin: api } = useConsole()
  const [form, setForm] = useState(() => widget.settings.preChatForm ?? usualForm())
  return (
    <StepFrame
      title="What do you want to know first?"
      lead="What visitors are to answer before they write. Skip it, and they write at once."
      onSubmit={async () => {
        onWidget(await api.widgets.update(widget.id, { settings: { preChatForm: tidyForm(form) } }))
        next()
      }}
      onSkip={next}
    >
      <FormBuilder form={form} onChange={setForm} />
    </StepFrame>
  )
}
