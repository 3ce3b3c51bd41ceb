import type { Department } from '@chatdesk/protocol'
import { ActionIcon, Button, Textarea } from '@mantine/core'
import { Pencil, Plus, Shapes, Trash2 } from 'lucide-react'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { DataTable } from '../admin/data-table.js'
import { Dialog, DialogForm } from '../admin/dialog.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { LoadView } from '../admin/load-view.js'
import { Moment } from '../admin/moment.js'
import { NameField } from '../admin/name-field.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayAdminister, useConsole } from '../client/console-services.js'

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const

/** Whom a visitor may choose to write to. */
export function DepartmentsPage() {
  const { admin: api, current } = useConsole()
  const departments = useLoaded(() => api.departments.list())
  const [asked, setAsked] = useState<{ what: 'save' | 'remove'; department: Department | null } | null>(null)
  const mayChange = mayAdminister(current)
  const close = () => setAsked(null)
  const done = () => {
    close()
    departments.reload()
  }
  const add = mayChange && (
    <Button leftSection={<Plus {...ICON} />} onClick={() => setAsked({ what: 'save', department: null })}>
      Add a department
    </Button>
  )
  return (
    <AdminPage
      title="Departments"
      lead="Whom a visitor may choose to write to, such as sales or support. Each widget says which of them it offers."
      action={add}
    >
      <LoadView loaded={departments}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyNotice
              icon={Shapes}
              title="No departments yet"
              text="Without them every conversation goes to the whole team, which is right for a small one."
            />
          ) : (
            <DataTable
              label="Departments"
              rows={rows}
              rowKey={({ id }) => id}
              searchBy={({ name, description }) => `${name} ${description}`}
              columns={[
                {
                  title: 'Name',
                  sortBy: ({ name }) => name,
                  cell: ({ name, description }) => (
                    <span className={admin.cellTitle}>
                      <strong dir="auto">{name}</strong>
                      <span dir="auto">{description}</span>
                    </span>
                  ),
                },
                {
                  title: 'Made',
                  from: 'tablet',
                  sortBy: ({ createdAt }) => createdAt,
                  cell: ({ createdAt }) => <Moment at={createdAt} />,
                },
                {
                  title: '',
                  cell: (department) =>
                    mayChange && (
                      <span className={admin.actions}>
                        <ActionIcon
                          aria-label={`Edit ${department.name}`}
                          onClick={() => setAsked({ what: 'save', department })}
                        >
                          <Pencil {...ICON} />
                        </ActionIcon>
                        <ActionIcon
                          aria-label={`Delete ${department.name}`}
                          onClick={() => setAsked({ what: 'remove', department })}
                        >
                          <Trash2 {...ICON} />
                        </ActionIcon>
                      </span>
                    ),
                },
              ]}
            />
          )
        }
      </LoadView>
      <Dialog
        opened={asked?.what === 'save'}
        onClose={close}
        title={asked?.department ? 'Edit the department' : 'Add a department'}
      >
        <DepartmentForm department={asked?.department ?? null} onCancel={close} onDone={done} />
      </Dialog>
      <Dialog opened={asked?.what === 'remove'} onClose={close} title="Delete the department?">
        <DialogForm
          submitLabel="Delete"
          tone="danger"
          onCancel={close}
          onSubmit={async () => {
            if (asked?.department) await api.departments.remove(asked.department.id)
            done()
          }}
        >
          <p className={admin.dialogText}>
            Visitors can no longer choose <bdi>{asked?.department?.name}</bdi>. Conversations stay.
          </p>
        </DialogForm>
      </Dialog>
    </AdminPage>
  )
}

/** Options of `DepartmentForm`. `null`: a new one. */
interface DepartmentFormProps {
  department: Department | null
  onCancel: () => void
  onDone: () => void
}

function DepartmentForm({ department, onCancel, onDone }: DepartmentFormProps) {
  const { admin: api } = useConsole()
  const [name, setName] = useState(department?.name ?? '')
  const [description, setDescription] = useState(department?.description ?? '')
  return (
    <DialogForm
      submitLabel={department ? 'Save' : 'Add'}
      onCancel={onCancel}
      onSubmit={async () => {
        const input = { name: name.trim(), description: description.trim() }
        await (department ? api.departments.update(department.id, input) : api.departments.create(input))
        onDone()
      }}
    >
      <NameField value={name} onChange={setName} focused />
      <Textarea
        label="Description"
        description="Visitors read it below the name. May be left out."
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        maxLength={300}
      />
    </DialogForm>
  )
}
