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

/** Whether a model writes for the organization, and what that costs. */
export function ModelPage() {
  const { admin: api } = useConsole()
  const settings = useLoaded(() => api.assistant.settings())
  return (
    <AdminPage
      title="Model"
      lead="A model puts in words what your knowledge base says. It decides nothing, and adds nothing."
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
        label="Write answers with a model"
        description={describe(value)}
        checked={value.writesWithModel}
        disabled={!mayChange || action.busy}
        onChange={({ currentTarget: { checked } }) =>
          action.run(async () => onSaved(await api.assistant.update({ writesWithModel: checked })))
        }
      />
      <ErrorLine error={action.error} />
    </div>
  )
}

function describe({ model }: AssistantSettings): string {
  const off =
    'Switched off, answers, drafts and summaries are made of your knowledge base’s own words, and nothing is sent to it.'
  return model === null
    ? 'This server has no model, so they are your knowledge base’s own words either way. Its operator can set one up.'
    : `The model is ${model}. It is sent what was asked and what was found, without personal data. ${off}`
}
