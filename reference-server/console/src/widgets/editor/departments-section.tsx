import { Checkbox } from '@mantine/core'
import { Link } from 'wouter'
import admin from '../../admin/admin.module.css'
import { LoadView } from '../../admin/load-view.js'
import { useLoaded } from '../../admin/use-loaded.js'
import { useConsole } from '../../client/console-services.js'
import type { SettingsSectionProps } from './section-props.js'

/** Which departments a visitor of this widget may choose. */
export function DepartmentsSection({ settings, change }: SettingsSectionProps) {
  const { admin: api } = useConsole()
  const departments = useLoaded(() => api.departments.list())
  const chosen = settings.departmentIds
  return (
    <LoadView loaded={departments}>
      {(rows) => (
        <div className={admin.stack}>
          {rows.length === 0 && (
            <p className={admin.dialogText}>There are none yet, so conversations go to the whole team.</p>
          )}
          {rows.length > 0 && (
            <p className={admin.dialogText}>
              Of several, visitors choose one before they write. If it is only one, nobody is asked.
            </p>
          )}
          {rows.map(({ id, name, description }) => (
            <Checkbox
              key={id}
              label={<bdi>{name}</bdi>}
              description={description}
              checked={chosen.includes(id)}
              onChange={(event) => {
                const on = event.currentTarget.checked
                // In the order in which the departments stand.
                const ids = rows.map((row) => row.id)
                change({ departmentIds: ids.filter((other) => (other === id ? on : chosen.includes(other))) })
              }}
            />
          ))}
          <Link href="/settings/departments" className={admin.link}>
            Edit the departments
          </Link>
        </div>
      )}
    </LoadView>
  )
}
