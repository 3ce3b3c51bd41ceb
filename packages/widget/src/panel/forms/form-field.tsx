import { formatText } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import { ALERT, Icon, MINIMISE } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import type { Fault } from './fault-of.js'
import type { Question } from './questions.js'

/** Options of `FormField`. */
interface FormFieldProps extends PanelProps {
  question: Question
  /** Names its elements in this form. */
  name: string
  value: string | boolean
  fault: Fault | undefined
  onChange(value: string | boolean): void
}

/** Which keys a phone shows. */
const TYPES = { text: 'text', email: 'email', phone: 'tel' } as const
/** What browsers fill in. */
const AUTOCOMPLETE = { name: 'name', email: 'email', phone: 'tel' } as const

/** One question: what is asked, where it is answered, and what is wrong with that. */
export function FormField({ panel, question, name, value, fault, onChange }: FormFieldProps) {
  const { texts } = panel
  const { label, type, required, proved } = question
  const isTick = type === 'checkbox'
  const input = <Input question={question} name={name} value={value} fault={fault} panel={panel} onChange={onChange} />
  return (
    <div {...part('field')} data-kind={isTick ? 'tick' : 'text'}>
      {isTick && input}
      <label for={name}>
        <bdi>{required || isTick ? label : formatText(texts.formOptional, { label })}</bdi>
      </label>
      {!isTick && input}
      {proved && (
        <p id={`${name}-hint`} class="field-hint">
          {texts.formProved}
        </p>
      )}
      {fault && (
        <p id={`${name}-fault`} class="field-fault">
          <Icon shape={ALERT} size={14} />
          <span>{texts[fault]}</span>
        </p>
      )}
    </div>
  )
}

function Input({ panel, question, name, value, fault, onChange }: FormFieldProps) {
  const { type, required, proved, options, trait, maxLength } = question
  const described = fault ? `${name}-fault` : proved ? `${name}-hint` : undefined
  const shared = {
    id: name,
    class: 'field-input',
    required,
    'aria-invalid': fault !== undefined,
    'aria-describedby': described,
  }
  if (type === 'checkbox')
    return (
      <input
        {...shared}
        type="checkbox"
        // The browser's own state: Preact would have to carry the attribute for this one place.
        ref={(box) => {
          if (box) box.checked = value === true
        }}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
    )
  if (type === 'select')
    return (
      <span class="select">
        <select {...shared} value={`${value}`} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          <option value="">{panel.texts.formChoose}</option>
          {options?.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
        <Icon shape={MINIMISE} size={18} />
      </span>
    )
  const text = {
    ...shared,
    value: `${value}`,
    maxLength,
    readOnly: proved,
    dir: value ? ('auto' as const) : undefined,
  }
  if (type === 'textarea')
    return <textarea {...text} rows={4} onInput={({ currentTarget }) => onChange(currentTarget.value)} />
  return (
    <input
      {...text}
      type={TYPES[type]}
      autocomplete={trait && AUTOCOMPLETE[trait]}
      onInput={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
