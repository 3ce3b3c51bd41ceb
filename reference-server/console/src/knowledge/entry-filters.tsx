import type { ListKnowledgeQuery } from '@chatdesk/protocol'
import { NativeSelect, TextInput } from '@mantine/core'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { languageName } from '../text/language-name.js'
import styles from './knowledge.module.css'

/** Options of `EntryFilters`. */
export interface EntryFiltersProps {
  filter: ListKnowledgeQuery
  onChange: (filter: ListKnowledgeQuery) => void
  categories: readonly string[]
  languages: readonly string[]
}

const STATES = [
  { value: '', label: 'All' },
  { value: 'published', label: 'Published' },
  { value: 'draft', label: 'Drafts' },
  { value: 'disabled', label: 'Off' },
]

/** Which entries are shown. A choice that would leave nothing out is not offered. */
export function EntryFilters({ filter, onChange, categories, languages }: EntryFiltersProps) {
  const [words, setWords] = useState('')
  return (
    <search className={styles.filters}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onChange({ ...filter, q: words.trim() })
        }}
      >
        <TextInput
          label="Find"
          placeholder="Words, then Enter"
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value)
            if (event.currentTarget.value === '') onChange({ ...filter, q: '' })
          }}
          maxLength={100}
          leftSection={<Search size={16} strokeWidth={1.75} aria-hidden />}
        />
      </form>
      <NativeSelect
        label="State"
        data={STATES}
        value={filter.state ?? ''}
        onChange={(event) =>
          onChange({ ...filter, state: (event.currentTarget.value || undefined) as ListKnowledgeQuery['state'] })
        }
      />
      {categories.length > 0 && (
        <NativeSelect
          label="Category"
          data={[{ value: '', label: 'All' }, ...categories]}
          value={filter.category ?? ''}
          onChange={(event) => onChange({ ...filter, category: event.currentTarget.value || undefined })}
        />
      )}
      {languages.length > 1 && (
        <NativeSelect
          label="Language"
          data={[{ value: '', label: 'All' }, ...languages.map((tag) => ({ value: tag, label: languageName(tag) }))]}
          value={filter.language ?? ''}
          onChange={(event) => onChange({ ...filter, language: event.currentTarget.value || undefined })}
        />
      )}
    </search>
  )
}
