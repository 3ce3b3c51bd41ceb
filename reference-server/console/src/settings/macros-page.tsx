import type { Macro } from '@chatdesk/protocol'
import { ActionIcon, Button } from '@mantine/core'
import { Pencil, Plus, Trash2, Zap } from 'lucide-react'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { DataTable } from '../admin/data-table.js'
import { Dialog, DialogForm } from '../admin/dialog.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { LoadView } from '../admin/load-view.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayAdminister, useConsole } from '../client/console-services.js'
import { actionText, type MacroNames } from '../macros/macro-text.js'
import { useMacroNames } from '../macros/use-macro-names.js'
import replies from '../replies/replies.module.css'
import { ReplyText } from '../replies/reply-text.js'
import { MacroForm } from './macro-form.js'

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const
const NOTHING: MacroNames = { tags: [], members: [], departments: [] }

/** What a team does often with a conversation, in one go. */
export function MacrosPage() {
  const { admin: api, current } = useConsole()
  const loadNames = useMacroNames()
  const loaded = useLoaded(async () => ({ macros: await api.desk.macros.list(), names: await loadNames() }))
  const [asked, setAsked] = useState<{ what: 'save' | 'remove'; macro: Macro | null } | null>(null)
  const mayChange = mayAdminister(current)
  const names = loaded.state.status === 'loaded' ? loaded.state.value.names : NOTHING
  const close = () => setAsked(null)
  const done = () => {
    close()
    loaded.reload()
  }
  return (
    <AdminPage
      title="Macros"
      lead="What the team does often with a conversation, in one go. Whoever answers runs them beside the reply."
      action={
        mayChange && (
          <Button leftSection={<Plus {...ICON} />} onClick={() => setAsked({ what: 'save', macro: null })}>
            Add a macro
          </Button>
        )
      }
    >
      <LoadView loaded={loaded}>
        {({ macros: rows }) =>
          rows.length === 0 ? (
            <EmptyNotice
              icon={Zap}
              title="No macros yet"
              text="For example: say that you look into it, add a tag, and snooze the conversation for a day."
            />
          ) : (
            <DataTable
              label="Macros"
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
                  title: 'What it does',
                  from: 'tablet',
                  cell: ({ actions }) => (
                    <span className={replies.cut} dir="auto">
                      <ReplyText text={actions.map((action) => actionText(action, names)).join(' · ')} />
                    </span>
                  ),
                },
                {
                  title: '',
                  cell: (macro) =>
                    mayChange && (
                      <span className={admin.actions}>
                        <ActionIcon aria-label={`Edit ${macro.name}`} onClick={() => setAsked({ what: 'save', macro })}>
                          <Pencil {...ICON} />
                        </ActionIcon>
                        <ActionIcon
                          aria-label={`Delete ${macro.name}`}
                          onClick={() => setAsked({ what: 'remove', macro })}
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
      <Dialog opened={asked?.what === 'save'} onClose={close} title={asked?.macro ? 'Edit the macro' : 'Add a macro'}>
        <MacroForm macro={asked?.macro ?? null} names={names} onCancel={close} onDone={done} />
      </Dialog>
      <Dialog opened={asked?.what === 'remove'} onClose={close} title="Delete the macro?">
        <DialogForm
          submitLabel="Delete"
          tone="danger"
          onCancel={close}
          onSubmit={async () => {
            if (asked?.macro) await api.desk.macros.remove(asked.macro.id)
            done()
          }}
        >
          <p className={admin.dialogText}>
            Nobody runs <bdi>{asked?.macro?.name}</bdi> any more. What it has done stays.
          </p>
        </DialogForm>
      </Dialog>
    </AdminPage>
  )
}
