import type { CannedReply, Department } from '@chatdesk/protocol'
import { ActionIcon, Button } from '@mantine/core'
import { MessageSquareText, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { DataTable } from '../admin/data-table.js'
import { Dialog, DialogForm } from '../admin/dialog.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { LoadView } from '../admin/load-view.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayAdminister, mayWrite, useConsole } from '../client/console-services.js'
import replies from '../replies/replies.module.css'
import { ReplyText } from '../replies/reply-text.js'
import { CannedReplyForm } from './canned-reply-form.js'

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const

/** What a team says often. */
export function CannedRepliesPage() {
  const { admin: api, current } = useConsole()
  const loaded = useLoaded(async () => ({
    replies: await api.desk.replies.list(),
    departments: await api.departments.list(),
  }))
  const [asked, setAsked] = useState<{ what: 'save' | 'remove'; reply: CannedReply | null } | null>(null)
  const mayChange = mayWrite(current) || mayAdminister(current)
  const close = () => setAsked(null)
  const done = () => {
    close()
    loaded.reload()
  }
  const departments = loaded.state.status === 'loaded' ? loaded.state.value.departments : []
  return (
    <AdminPage
      title="Canned replies"
      lead="Words that the team says often. Whoever writes a reply types / and finds them by their shortcut."
      action={
        mayChange && (
          <Button leftSection={<Plus {...ICON} />} onClick={() => setAsked({ what: 'save', reply: null })}>
            Add a reply
          </Button>
        )
      }
    >
      <LoadView loaded={loaded}>
        {({ replies: rows }) =>
          rows.length === 0 ? (
            <EmptyNotice
              icon={MessageSquareText}
              title="No canned replies yet"
              text="Begin with what the team types every day: a greeting, opening hours, how to reach you."
            />
          ) : (
            <DataTable
              label="Canned replies"
              rows={rows}
              rowKey={({ id }) => id}
              searchBy={({ shortcut, title, text }) => `/${shortcut} ${title} ${text}`}
              columns={[
                {
                  title: 'Shortcut',
                  sortBy: ({ shortcut }) => shortcut,
                  cell: ({ shortcut, language }) => (
                    <span className={admin.cellTitle}>
                      <strong>/{shortcut}</strong>
                      <span>{language ?? 'Every language'}</span>
                    </span>
                  ),
                },
                {
                  title: 'Reply',
                  from: 'tablet',
                  sortBy: ({ title }) => title,
                  cell: ({ title, text }) => (
                    <span className={admin.cellTitle}>
                      <span dir="auto">{title}</span>
                      <span dir="auto" className={replies.cut}>
                        <ReplyText text={text} />
                      </span>
                    </span>
                  ),
                },
                {
                  title: 'Department',
                  from: 'desktop',
                  cell: ({ departmentId }) => <bdi>{nameOf(departments, departmentId)}</bdi>,
                },
                {
                  title: '',
                  cell: (reply) =>
                    mayChange && (
                      <span className={admin.actions}>
                        <ActionIcon
                          aria-label={`Edit ${labelOf(reply)}`}
                          onClick={() => setAsked({ what: 'save', reply })}
                        >
                          <Pencil {...ICON} />
                        </ActionIcon>
                        <ActionIcon
                          aria-label={`Delete ${labelOf(reply)}`}
                          onClick={() => setAsked({ what: 'remove', reply })}
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
      <Dialog opened={asked?.what === 'save'} onClose={close} title={asked?.reply ? 'Edit the reply' : 'Add a reply'}>
        <CannedReplyForm reply={asked?.reply ?? null} departments={departments} onCancel={close} onDone={done} />
      </Dialog>
      <Dialog opened={asked?.what === 'remove'} onClose={close} title="Delete the reply?">
        <DialogForm
          submitLabel="Delete"
          tone="danger"
          onCancel={close}
          onSubmit={async () => {
            if (asked?.reply) await api.desk.replies.remove(asked.reply.id)
            done()
          }}
        >
          <p className={admin.dialogText}>
            Nobody finds <bdi>{asked?.reply && labelOf(asked.reply)}</bdi> any more. What was said with it stays.
          </p>
        </DialogForm>
      </Dialog>
    </AdminPage>
  )
}

/** Variants have the same shortcut. */
function labelOf({ shortcut, language }: CannedReply): string {
  return language === null ? `/${shortcut}` : `/${shortcut} (${language})`
}

function nameOf(departments: readonly Department[], id: string | null): string {
  return departments.find((department) => department.id === id)?.name ?? 'All'
}
