import type { SiteImport } from '@chatdesk/protocol'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import admin from '../admin/admin.module.css'
import { ErrorLine } from '../admin/error-line.js'
import { RefusalProvider, reasonOf } from '../admin/refusal.js'
import { useAction } from '../admin/use-action.js'
import { useConsole } from '../client/console-services.js'
import styles from './knowledge.module.css'
import { useKnowledgeArea } from './knowledge-area.js'

/** The pages that a site's sitemap lists. */
export function SiteSource({ onPlan }: { onPlan: (plan: SiteImport) => void }) {
  const { admin: api } = useConsole()
  const { widget } = useKnowledgeArea()
  const [url, setUrl] = useState('')
  const [language, setLanguage] = useState('')
  const action = useAction()
  async function submit(event: FormEvent) {
    event.preventDefault()
    const named = language.trim()
    await action.run(async () =>
      onPlan(
        await api.knowledge.previewSite(widget.id, { url: url.trim(), ...(named === '' ? {} : { language: named }) }),
      ),
    )
  }
  const refused = action.error?.field === 'url' ? reasonOf(action.error) : undefined
  return (
    <form onSubmit={submit} className={styles.form} aria-label="A website">
      <RefusalProvider value={action.error}>
        <TextInput
          label="Address of the sitemap"
          description="A list of all pages, which most sites have at /sitemap.xml. Headings become questions, what stands below them answers, with a link to the page."
          type="url"
          inputMode="url"
          placeholder="https://example.com/sitemap.xml"
          value={url}
          error={refused}
          onChange={(event) => {
            action.clear()
            setUrl(event.currentTarget.value)
          }}
          maxLength={2048}
          required
        />
        <TextInput
          label="Language"
          description="Empty: the one that each page says it has."
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value)}
          maxLength={20}
          classNames={{ wrapper: styles.short ?? '' }}
        />
      </RefusalProvider>
      <ErrorLine error={action.error} />
      <div className={admin.row}>
        <Button type="submit" loading={action.busy}>
          Read the site
        </Button>
        <span role="status" className={styles.none}>
          {action.busy ? 'Reading its pages. A large site takes a minute or two.' : ''}
        </span>
      </div>
    </form>
  )
}
