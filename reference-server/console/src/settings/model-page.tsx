import type { AssistantSettings } from '@chatdesk/protocol'
import { Switch } from '@mantine/core'
import { AdminPage } from '../admin/admin-page.js'
import { ErrorLine } from '../admin/error-line.js'
import { LoadView } from '../admin/load-view.js'
import { useAction } from '../admin/use-action.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayAdminister, useConsole } from '../client/console-services.js'
import { ModelUsageSection } from './model-usage-section.js'
import styles from './settings.module.css'

/** Whether models work for the organization, and what that costs. */
export function ModelPage() {
  const { admin: api } = useConsole()
  const settings = useLoaded(() => api.assistant.settings())
  return (
    <AdminPage
      title="Model"
      lead="A model puts in words what your knowledge base says, or finds what is meant. It decides nothing, and adds nothing."
    >
      <LoadView loaded={settings}>
        {(value) => (
          <>
            <ModelSwitch value={value} onSaved={settings.set} />
            <ModelUsageSection settings={value} />
          </>
        )}
      </LoadView>
    </AdminPage>
  )
}

function ModelSwitch({ value, onSaved }: { value: AssistantSettings; onSaved: (value: AssistantSettings) => void }) {
  const { admin: api, current } = useConsole()
  const action = useAction()
  // A guest reads it: what lasts beyond a visit is not theirs to say.
  const mayChange = mayAdminister(current) && !current.visiting
  return (
    <div className={styles.narrow}>
      <Switch
        label="Use models"
        description={describe(value)}
        checked={value.usesModels}
        disabled={!mayChange || action.busy}
        onChange={({ currentTarget: { checked } }) =>
          action.run(async () => onSaved(await api.assistant.update({ usesModels: checked })))
        }
      />
      <ErrorLine error={action.error} />
    </div>
  )
}

function describe({ model, embeddingModel }: AssistantSettings): string {
  if (model === null && embeddingModel === null)
    return 'This server has no model, so answers are your knowledge base’s own words either way. Its operator can set one up.'
  return [
    model &&
      `${model} writes answers, drafts and summaries; it is sent what was asked and what was found, without personal data.`,
    embeddingModel &&
      `${embeddingModel} finds entries by their meaning; it is sent your entries and what was asked, without personal data.`,
    'Switched off, nothing is sent, and your knowledge base’s own words are found and said.',
  ]
    .filter(Boolean)
    .join(' ')
}
