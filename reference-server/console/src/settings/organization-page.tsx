import type { Organization } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { ErrorLine } from '../admin/error-line.js'
import { LoadView } from '../admin/load-view.js'
import { Moment } from '../admin/moment.js'
import { NameField } from '../admin/name-field.js'
import { Tag } from '../admin/tag.js'
import { useAction } from '../admin/use-action.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayAdminister, useConsole } from '../client/console-services.js'
import styles from './settings.module.css'

/** The company that answers. */
export function OrganizationPage() {
  const { admin: api } = useConsole()
  const organization = useLoaded(() => api.organizations.own())
  return (
    <AdminPage
      title="Organization"
      lead="The company that your team answers for. Members read this name; visitors do not."
    >
      <LoadView loaded={organization}>
        {(value) => <NameForm organization={value} onSaved={organization.set} />}
      </LoadView>
    </AdminPage>
  )
}

function NameForm({ organization, onSaved }: { organization: Organization; onSaved: (value: Organization) => void }) {
  const { admin: api, current } = useConsole()
  const [name, setName] = useState(organization.name)
  const [justSaved, setJustSaved] = useState(false)
  const action = useAction()
  const mayChange = mayAdminister(current)
  async function submit(event: FormEvent) {
    event.preventDefault()
    await action.run(async () => {
      const renamed = await api.organizations.rename(name.trim())
      setName(renamed.name)
      onSaved(renamed)
      setJustSaved(true)
    })
  }
  return (
    <form onSubmit={submit} className={`${admin.stack} ${styles.narrow}`}>
      {!mayChange && <p className={admin.readOnly}>You can read this. An admin can change it.</p>}
      <NameField value={name} onChange={setName} readOnly={!mayChange} />
      <span>
        Since <Moment at={organization.createdAt} />
      </span>
      <ErrorLine error={action.error} />
      {mayChange && (
        <div className={admin.row}>
          <Button type="submit" loading={action.busy} disabled={name.trim() === organization.name}>
            Save
          </Button>
          <output>{justSaved && name === organization.name && <Tag tone="good">Saved</Tag>}</output>
        </div>
      )}
    </form>
  )
}
