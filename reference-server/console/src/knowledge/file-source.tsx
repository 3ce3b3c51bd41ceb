import type { KnowledgeImport } from '@chatdesk/protocol'
import { Button, FileButton, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { FileUp } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import admin from '../admin/admin.module.css'
import { ErrorLine } from '../admin/error-line.js'
import { RefusalProvider } from '../admin/refusal.js'
import { useAction } from '../admin/use-action.js'
import type { ImportFile } from '../api/knowledge-api.js'
import { useConsole } from '../client/console-services.js'
import { formatOf } from './import-words.js'
import styles from './knowledge.module.css'
import { useKnowledgeArea } from './knowledge-area.js'

/** Characters of one import. */
const MOST = 60_000

const FORMATS: readonly { value: ImportFile['format']; label: string; hint: string }[] = [
  {
    ...{ value: 'csv', label: 'CSV, a table' },
    hint: 'The first line names the columns: question and answer, and as you like phrasings (several parted by |), category, keywords (parted by commas), language, url.',
  },
  {
    ...{ value: 'json', label: 'JSON' },
    hint: 'A list of objects, each with question and answer, and as you like phrasings, category, keywords, language, url.',
  },
  { value: 'markdown', label: 'Markdown', hint: 'Each heading is a question, and what stands below it the answer.' },
  { value: 'html', label: 'HTML', hint: 'A page of questions: headings or folded parts, and what stands below each.' },
]

/** A file, or what is pasted. */
export function FileSource({ onPlan }: { onPlan: (plan: KnowledgeImport) => void }) {
  const { admin: api } = useConsole()
  const { widget } = useKnowledgeArea()
  const [format, setFormat] = useState<ImportFile['format']>('csv')
  const [text, setText] = useState('')
  const [language, setLanguage] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const action = useAction()
  const write = (words: string) => {
    action.clear()
    setWrong(words.length > MOST ? tooLong(words.length) : null)
    setText(words)
  }
  async function choose(file: File | null) {
    if (!file) return
    const found = formatOf(file.name)
    if (!found) return setWrong(`“${file.name}” is neither CSV, JSON, Markdown nor HTML.`)
    setFormat(found)
    write(await file.text())
  }
  async function submit(event: FormEvent) {
    event.preventDefault()
    const named = language.trim()
    await action.run(async () =>
      onPlan(
        await api.knowledge.previewFile(widget.id, { format, text, ...(named === '' ? {} : { language: named }) }),
      ),
    )
  }
  return (
    <form onSubmit={submit} className={styles.form} aria-label="A file or text">
      <RefusalProvider value={action.error}>
        <div className={styles.choices}>
          <FileButton
            accept=".csv,.json,.md,.markdown,.html,.htm"
            inputProps={{ 'aria-label': 'File' }}
            onChange={(file) => void choose(file)}
          >
            {(props) => (
              <Button
                variant="default"
                size="md"
                leftSection={<FileUp size={16} strokeWidth={1.75} aria-hidden />}
                {...props}
              >
                Choose a file
              </Button>
            )}
          </FileButton>
          <NativeSelect
            label="Format"
            data={FORMATS.map(({ value, label }) => ({ value, label }))}
            value={format}
            onChange={(event) => setFormat(event.currentTarget.value as ImportFile['format'])}
          />
          <TextInput
            label="Language, where none is named"
            placeholder="en"
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value)}
            maxLength={20}
          />
        </div>
        <Textarea
          label="Or paste it here"
          description={FORMATS.find(({ value }) => value === format)?.hint}
          error={wrong}
          value={text}
          onChange={(event) => write(event.currentTarget.value)}
          autosize
          minRows={8}
          maxRows={18}
          required
          dir="auto"
          classNames={{ input: styles.source ?? '' }}
        />
      </RefusalProvider>
      <ErrorLine error={action.error} />
      <div className={admin.row}>
        <Button type="submit" loading={action.busy} disabled={text.trim() === '' || text.length > MOST}>
          See what would change
        </Button>
      </div>
    </form>
  )
}

function tooLong(length: number): string {
  return `This has ${length.toLocaleString('en')} characters; one import takes ${MOST.toLocaleString('en')}. Import it in parts.`
}
