import type { OrganizationRow } from '@chatdesk/protocol'
import { Button, Textarea } from '@mantine/core'
import { Eye, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { DataTable } from '../admin/data-table.js'
import { Dialog, DialogForm } from '../admin/dialog.js'
import { LoadView } from '../admin/load-view.js'
import { Moment } from '../admin/moment.js'
import { NameForm } from '../admin/name-form.js'
import { Tag } from '../admin/tag.js'
import { TypedNameForm } from '../admin/typed-name-form.js'
import { useLoaded } from '../admin/use-loaded.js'
import { useConsole } from '../client/console-services.js'

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const

/** The tenants of the server, for those who run it. */
export function OrganizationsPage() {
  const { admin: api, current } = useConsole()
  const organizations = useLoaded(() => api.organizations.list())
  const [asked, setAsked] = useState<{ what: 'create' | 'visit' | 'remove'; row: OrganizationRow | null } | null>(null)
  const close = () => setAsked(null)
  const done = () => {
    close()
    organizations.reload()
  }
  const homeId = current.home.id
  return (
    <AdminPage
      title="All organizations"
      lead="Every tenant of this server. A visit is written down at both ends, and theirs can read why you came."
      action={
        <Button leftSection={<Plus {...ICON} />} onClick={() => setAsked({ what: 'create', row: null })}>
          Add an organization
        </Button>
      }
    >
      <LoadView loaded={organizations}>
        {(rows) => (
          <DataTable
            label="Organizations"
            rows={rows}
            rowKey={({ id }) => id}
            searchBy={({ name }) => name}
            columns={[
              {
                title: 'Name',
                sortBy: ({ name }) => name,
                cell: ({ id, name }) => (
                  <span className={admin.cellTitle}>
                    <strong dir="auto">
                      {name} {id === homeId && <Tag>Yours</Tag>}
                      {id === current.organization.id && id !== homeId && <Tag tone="late">Visiting</Tag>}
                    </strong>
                  </span>
                ),
              },
              {
                title: 'Widgets',
                from: 'tablet',
                align: 'end',
                sortBy: ({ widgets }) => widgets,
                cell: ({ widgets }) => widgets,
              },
              {
                title: 'Members',
                from: 'tablet',
                align: 'end',
                sortBy: ({ members }) => members,
                cell: ({ members }) => members,
              },
              {
                title: 'Made',
                from: 'desktop',
                sortBy: ({ createdAt }) => createdAt,
                cell: ({ createdAt }) => <Moment at={createdAt} />,
              },
              {
                title: '',
                cell: (row) =>
                  row.id !== homeId && (
                    <span className={admin.actions}>
                      <Button
                        variant="default"
                        size="xs"
                        fz={13}
                        leftSection={<Eye {...ICON} />}
                        aria-label={`Visit ${row.name}`}
                        onClick={() => setAsked({ what: 'visit', row })}
                      >
                        Visit
                      </Button>
                      <Button
                        variant="default"
                        size="xs"
                        fz={13}
                        px={8}
                        aria-label={`Delete ${row.name}`}
                        onClick={() => setAsked({ what: 'remove', row })}
                      >
                        <Trash2 {...ICON} />
                      </Button>
                    </span>
                  ),
              },
            ]}
          />
        )}
      </LoadView>
      <Dialog opened={asked?.what === 'create'} onClose={close} title="Add an organization">
        <NameForm
          submitLabel="Add"
          description="It begins empty. Visit it to invite its first admin."
          onCancel={close}
          onSubmit={async (name) => {
            await api.organizations.create(name)
            done()
          }}
        />
      </Dialog>
      <Dialog opened={asked?.what === 'visit'} onClose={close} title="Visit the organization">
        {asked?.row && <VisitForm row={asked.row} onCancel={close} />}
      </Dialog>
      <Dialog opened={asked?.what === 'remove'} onClose={close} title="Delete the organization?">
        {asked?.row && <DeleteForm row={asked.row} onCancel={close} onDone={done} />}
      </Dialog>
    </AdminPage>
  )
}

function VisitForm({ row, onCancel }: { row: OrganizationRow; onCancel: () => void }) {
  const { admin: api, enter } = useConsole()
  const [, navigate] = useLocation()
  const [reason, setReason] = useState('')
  return (
    <DialogForm
      submitLabel="Visit"
      disabled={reason.trim().length < 10}
      onCancel={onCancel}
      onSubmit={async () => {
        const current = await api.organizations.visit(row.id, reason.trim())
        navigate('/')
        enter(current)
      }}
    >
      <p className={admin.dialogText}>
        You see what members of <bdi>{row.name}</bdi> see, and cannot answer visitors in their name.
      </p>
      <Textarea
        label="Reason"
        description="Their admins read it. At least 10 characters."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={500}
        data-autofocus
      />
    </DialogForm>
  )
}

/** Options of `DeleteForm`. */
interface DeleteFormProps {
  row: OrganizationRow
  onCancel: () => void
  onDone: () => void
}

function DeleteForm({ row, onCancel, onDone }: DeleteFormProps) {
  const { admin: api } = useConsole()
  return (
    <TypedNameForm
      name={row.name}
      label="Name of the organization"
      onCancel={onCancel}
      onSubmit={async (typed) => {
        await api.organizations.remove(row.id, typed)
        onDone()
      }}
    >
      Its members, widgets and conversations are gone at once, and nobody can bring them back.
    </TypedNameForm>
  )
}
