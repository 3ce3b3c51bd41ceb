import { Check } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import { filterOptions, type PickerOption } from './filter-options.js'
import styles from './picker.module.css'

/** Options of `Picker`. */
export interface PickerProps {
  /** Says to those who do not see it what is picked. */
  label: string
  placeholder: string
  options: readonly PickerOption[]
  /** More options by what is typed, such as to make what is not there yet. */
  typed?: ((query: string) => readonly PickerOption[]) | undefined
  /** Whether several may be on at once; picking one then leaves the others to pick. */
  multiple?: boolean
  /** Said where nothing fits. */
  emptyText?: string
  /** Stands below the list. */
  footer?: ReactNode
}

/** A field that filters, and a list below it that arrows and Enter go through. Whoever holds it closes it. */
export function Picker({ label, placeholder, options, typed, multiple, emptyText, footer }: PickerProps) {
  const [query, setQuery] = useState('')
  const [activeId, setActiveId] = useState<string | null>(null)
  const listId = useId()
  const fieldRef = useRef<HTMLInputElement>(null)
  const listRef = useRef<HTMLDivElement>(null)
  const shown = useMemo(
    () => [...filterOptions(options, query), ...(typed && query.trim() ? typed(query.trim()) : [])],
    [options, query, typed],
  )
  const found = shown.findIndex(({ id }) => id === activeId)
  const active = found < 0 ? 0 : found
  const idOf = (option: PickerOption | undefined) => (option ? `${listId}-${option.id}` : undefined)

  // Also where another picker stood before in the same place. What holds it may not have its place yet.
  useEffect(() => fieldRef.current?.focus({ preventScroll: true }), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another one is active
  useEffect(() => {
    listRef.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' })
  }, [active, shown])

  function pick(option: PickerOption | undefined) {
    if (!option) return
    option.run()
    if (!multiple) return
    setQuery('')
    setActiveId(option.id)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && shown.length > 0) {
      event.preventDefault()
      setActiveId(shown[(active + step + shown.length) % shown.length]?.id ?? null)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      pick(shown[active])
    }
  }

  return (
    <div className={styles.picker}>
      <input
        ref={fieldRef}
        className={styles.field}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={idOf(shown[active])}
        aria-autocomplete="list"
        aria-label={label}
        placeholder={placeholder}
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value)
          setActiveId(null)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        ref={listRef}
        id={listId}
        role="listbox"
        aria-label={label}
        aria-multiselectable={multiple || undefined}
        className={styles.list}
        tabIndex={-1}
      >
        {shown.map((option, index) => (
          <Row
            key={option.id}
            option={option}
            id={idOf(option)}
            heading={query.trim() === '' && option.group !== shown[index - 1]?.group ? option.group : undefined}
            active={index === active}
            onHover={() => setActiveId(option.id)}
            onPick={() => pick(option)}
          />
        ))}
      </div>
      {shown.length === 0 && (
        <p className={styles.empty} role="status">
          {emptyText ?? 'Nothing fits.'}
        </p>
      )}
      {footer}
    </div>
  )
}

/** Options of `Row`. */
interface RowProps {
  option: PickerOption
  id: string | undefined
  heading: string | undefined
  active: boolean
  onHover(): void
  onPick(): void
}

function Row({ option, id, heading, active, onHover, onPick }: RowProps) {
  const { label, hint, icon, shortcut, selected } = option
  return (
    <>
      {heading && (
        <div className={styles.heading} role="presentation">
          {heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus, and its keys */}
      <div
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={selected ?? active}
        data-active={active || undefined}
        className={styles.option}
        // A browser also says that the pointer moves where the list moves below it.
        onMouseMove={({ movementX, movementY }) => {
          if (!active && (movementX !== 0 || movementY !== 0)) onHover()
        }}
        // The focus stays in the field.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onPick}
      >
        {icon !== undefined && (
          <span className={styles.icon} aria-hidden="true">
            {icon}
          </span>
        )}
        <span className={styles.label} dir="auto">
          {label}
        </span>
        {hint && <span className={styles.hint}>{hint}</span>}
        {shortcut && <kbd className={styles.key}>{shortcut}</kbd>}
        {selected && <Check size={16} strokeWidth={2} aria-hidden className={styles.check} />}
      </div>
    </>
  )
}
