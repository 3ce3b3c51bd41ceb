import { Switch, Textarea, TextInput } from '@mantine/core'
import { useId } from 'react'
import admin from '../admin/admin.module.css'
import { useRefusal } from '../admin/refusal.js'
import replies from '../replies/replies.module.css'
import { contentOf, type EntryDraft } from './entry-draft.js'

/** Options of `EntryFields`. */
export interface EntryFieldsProps {
  draft: EntryDraft
  onChange: (draft: EntryDraft) => void
  /** What there is already, to choose from. */
  categories: readonly string[]
}

/** All that there is to say of an entry. */
export function EntryFields({ draft, onChange, categories }: EntryFieldsProps) {
  const refusal = useRefusal()
  const listId = useId()
  const set = (part: Partial<EntryDraft>) => onChange({ ...draft, ...part })
  const { phrasings } = contentOf(draft)
  return (
    <div className={admin.stack}>
      <TextInput
        label="Question"
        description="As a visitor would ask it."
        value={draft.question}
        error={refusal('question')}
        onChange={(event) => set({ question: event.currentTarget.value })}
        maxLength={500}
        required
        dir="auto"
      />
      <Textarea
        label={`Other ways to ask it${phrasings.length > 0 ? ` (${phrasings.length})` : ''}`}
        description="One a line, five to ten of them. Visitors ask in their own words: in our measurements ten ways to ask find the answer to 7 of 10 questions, one way to 5."
        value={draft.phrasings}
        error={refusal('phrasings')}
        onChange={(event) => set({ phrasings: event.currentTarget.value })}
        maxLength={20_000}
        autosize
        minRows={3}
        maxRows={10}
        dir="auto"
      />
      <Textarea
        label="Answer"
        description="Short sentences, in plain text. The assistant says the one to three of them that answer what was asked, word for word."
        value={draft.answer}
        error={refusal('answer')}
        onChange={(event) => set({ answer: event.currentTarget.value })}
        maxLength={5000}
        autosize
        minRows={5}
        maxRows={16}
        required
        dir="auto"
      />
      <div className={replies.pair}>
        <TextInput
          label="Category"
          description="Groups entries in the help."
          value={draft.category}
          error={refusal('category')}
          onChange={(event) => set({ category: event.currentTarget.value })}
          maxLength={100}
          list={listId}
          dir="auto"
        />
        <TextInput
          label="Language"
          description="Such as en or pt-BR."
          value={draft.language}
          error={refusal('language')}
          onChange={(event) => set({ language: event.currentTarget.value })}
          maxLength={20}
          required
        />
      </div>
      <datalist id={listId}>
        {categories.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <TextInput
        label="Keywords"
        description="Words that point to it and that no question has, with commas between."
        value={draft.keywords}
        error={refusal('keywords')}
        onChange={(event) => set({ keywords: event.currentTarget.value })}
        maxLength={3000}
        dir="auto"
      />
      <TextInput
        label="Source"
        description="The address where it can be read in full. It stands below the answer."
        type="url"
        inputMode="url"
        placeholder="https://"
        value={draft.url}
        error={refusal('url')}
        onChange={(event) => set({ url: event.currentTarget.value })}
        maxLength={2048}
      />
      <Switch
        label="Use it in answers"
        description="Off, it is kept and found by nobody."
        checked={draft.enabled}
        onChange={(event) => set({ enabled: event.currentTarget.checked })}
      />
    </div>
  )
}
