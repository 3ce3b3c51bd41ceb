import type { Tag } from '@chatdesk/protocol'
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { Pencil, Plus, Tags, Trash2 } from 'lucide-react'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { DataTable } from '../admin/data-table.js'
import { Dialog, DialogForm } from '../admin/dialog.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { LoadView } from '../admin/load-view.js'
import { Moment } from '../admin/moment.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayAdminister, mayWrite, useConsole } from '../client/console-services.js'

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const

/** The words by which a team sorts its conversations. */
export function TagsPage() {
  const { admin: api, current, directory } = useConsole()
  const tags = useLoaded(() => api.desk.tags.list())
  const [asked, setAsked] = useState<{ what: 'save' | 'remove'; tag: Tag | null } | null>(null)
  const mayChange = mayAdminister(current)
  const close = () => setAsked(null)
  const done = () => {
    close()
    tags.reload()
    void directory.refresh()
  }
  return (
    <AdminPage
      title="Tags"
      lead="Words by which the team sorts its conversations. Visitors never see them."
      action={
        (mayChange || mayWrite(current)) && (
          <Button leftSection={<Plus {...ICON} />} onClick={() => setAsked({ what: 'save', tag: null })}>
            Add a tag
          </Button>
        )
      }
    >
      <LoadView loaded={tags}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyNotice
              icon={Tags}
              title="No tags yet"
              text="A few are enough: what conversations are about, and what shall be counted."
            />
          ) : (
            <DataTable
              label="Tags"
              rows={rows}
              rowKey={({ id }) => id}
              searchBy={({ name }) => name}
              columns={[
                {
                  title: 'Name',
                  sortBy: ({ name }) => name.toLowerCase(),
                  cell: ({ name }) => <strong dir="auto">{name}</strong>,
                },
                {
                  title: 'Made',
                  from: 'tablet',
                  sortBy: ({ createdAt }) => createdAt,
                  cell: ({ createdAt }) => <Moment at={createdAt} />,
                },
                {
                  title: '',
                  cell: (tag) =>
                    mayChange && (
                      <span className={admin.actions}>
                        <ActionIcon aria-label={`Rename ${tag.name}`} onClick={() => setAsked({ what: 'save', tag })}>
                          <Pencil {...ICON} />
                        </ActionIcon>
                        <ActionIcon aria-label={`Delete ${tag.name}`} onClick={() => setAsked({ what: 'remove', tag })}>
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
      <Dialog opened={asked?.what === 'save'} onClose={close} title={asked?.tag ? 'Rename the tag' : 'Add a tag'}>
        <TagForm tag={asked?.tag ?? null} onCancel={close} onDone={done} />
      </Dialog>
      <Dialog opened={asked?.what === 'remove'} onClose={close} title="Delete the tag?">
        <DialogForm
          submitLabel="Delete"
          tone="danger"
          onCancel={close}
          onSubmit={async () => {
            if (asked?.tag) await api.desk.tags.remove(asked.tag.id)
            done()
          }}
        >
          <p className={admin.dialogText}>
            <bdi>{asked?.tag?.name}</bdi> goes from every conversation that has it. Macros that add it stop there.
          </p>
        </DialogForm>
      </Dialog>
    </AdminPage>
  )
}

/** Options of `TagForm`. `null`: a new one. */
interface TagFormProps {
  tag: Tag | null
  onCancel: () => void
  onDone: () => void
}

function TagForm({ tag, onCancel, onDone }: TagFormProps) {
  const { admin: api } = useConsole()
  const [name, setName] = useState(tag?.name ?? '')
  return (
    <DialogForm
      submitLabel={tag ? 'Save' : 'Add'}
      onCancel={onCancel}
      onSubmit={async () => {
        await (tag ? api.desk.tags.rename(tag.id, name.trim()) : api.desk.tags.create(name.trim()))
        onDone()
      }}
    >
      <TextInput
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={40}
        required
        data-autofocus
      />
    </DialogForm>
  )
}
