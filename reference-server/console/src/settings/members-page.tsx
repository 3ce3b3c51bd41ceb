import type { MemberRow } from '@chatdesk/protocol'
import { ActionIcon, Button, NativeSelect } from '@mantine/core'
import { Trash2, UserPlus, Users } from 'lucide-react'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { DataTable } from '../admin/data-table.js'
import { Dialog, DialogForm } from '../admin/dialog.js'
import { EmailAddress } from '../admin/email-address.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { ErrorLine } from '../admin/error-line.js'
import { LoadView } from '../admin/load-view.js'
import { Moment } from '../admin/moment.js'
import { Tag } from '../admin/tag.js'
import { useAction } from '../admin/use-action.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayAdminister, useConsole } from '../client/console-services.js'
import { Avatar } from '../shell/avatar.js'
import { givableRoles, ROLE_NAMES } from '../text/role-names.js'
import { InviteForm } from './invite-form.js'
import { OpenInvites } from './open-invites.js'
import { type RoleChange, RoleDialog, reachesPast } from './role-dialog.js'
import styles from './settings.module.css'

/** Who belongs to the organization, with which role, and who is asked to. */
export function MembersPage() {
  const { admin: api, current } = useConsole()
  const mayChange = mayAdminister(current)
  const members = useLoaded(() => api.members.list())
  const invites = useLoaded(async () => (mayChange ? await api.members.invites() : []))
  const [inviting, setInviting] = useState(false)
  const [leaving, setLeaving] = useState<MemberRow | null>(null)
  const [asked, setAsked] = useState<RoleChange | null>(null)
  const changing = useAction()

  async function setRole({ member, role }: RoleChange) {
    await api.members.update(member.id, { role })
    setAsked(null)
    members.reload()
  }
  async function choose(change: RoleChange) {
    if (reachesPast(change)) setAsked(change)
    else await changing.run(() => setRole(change))
  }
  const mayTouch = (member: MemberRow) =>
    mayChange && member.id !== current.member.id && givableRoles(current.member.role).includes(member.role)

  return (
    <AdminPage
      title="Members"
      lead="Who signs in here, and what they may do."
      action={
        mayChange && (
          <Button leftSection={<UserPlus size={16} strokeWidth={1.75} aria-hidden />} onClick={() => setInviting(true)}>
            Invite somebody
          </Button>
        )
      }
    >
      <ErrorLine error={changing.error} />
      <LoadView loaded={members}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyNotice icon={Users} title="No members yet" text="Whoever accepts an invite stands here." />
          ) : (
            <DataTable
              label="Members"
              rows={rows}
              rowKey={({ id }) => id}
              searchBy={({ name, email }) => `${name} ${email}`}
              columns={[
                {
                  title: 'Name',
                  sortBy: ({ name }) => name,
                  cell: (member) => (
                    <span className={styles.person}>
                      <Avatar id={member.id} name={member.name} size={32} />
                      <span className={admin.cellTitle}>
                        <strong dir="auto">
                          {member.name} {member.id === current.member.id && <Tag>You</Tag>}
                        </strong>
                        <span>
                          <EmailAddress address={member.email} />
                        </span>
                      </span>
                    </span>
                  ),
                },
                {
                  title: 'Role',
                  sortBy: ({ role }) => ROLE_NAMES[role],
                  cell: (member) =>
                    mayTouch(member) ? (
                      <NativeSelect
                        size="sm"
                        miw={136}
                        aria-label={`Role of ${member.name}`}
                        value={member.role}
                        disabled={changing.busy}
                        data={givableRoles(current.member.role).map((value) => ({ value, label: ROLE_NAMES[value] }))}
                        onChange={(event) =>
                          void choose({ member, role: event.currentTarget.value as MemberRow['role'] })
                        }
                      />
                    ) : (
                      ROLE_NAMES[member.role]
                    ),
                },
                {
                  title: 'Last seen',
                  from: 'tablet',
                  sortBy: ({ lastSeenAt }) => lastSeenAt ?? '',
                  cell: ({ lastSeenAt }) => <Moment at={lastSeenAt} none="Not lately" />,
                },
                {
                  title: 'Joined',
                  from: 'desktop',
                  sortBy: ({ createdAt }) => createdAt,
                  cell: ({ createdAt }) => <Moment at={createdAt} />,
                },
                {
                  title: '',
                  cell: (member) =>
                    mayTouch(member) && (
                      <span className={admin.actions}>
                        <ActionIcon aria-label={`Remove ${member.name}`} onClick={() => setLeaving(member)}>
                          <Trash2 size={16} strokeWidth={1.75} aria-hidden />
                        </ActionIcon>
                      </span>
                    ),
                },
              ]}
            />
          )
        }
      </LoadView>
      {mayChange && <OpenInvites invites={invites} />}
      <Dialog
        opened={inviting}
        onClose={() => {
          setInviting(false)
          invites.reload()
        }}
        title="Invite somebody"
      >
        <InviteForm
          onDone={() => {
            setInviting(false)
            invites.reload()
          }}
        />
      </Dialog>
      <RoleDialog asked={asked} onSubmit={setRole} onClose={() => setAsked(null)} />
      <Dialog opened={leaving !== null} onClose={() => setLeaving(null)} title="Remove the member?">
        <DialogForm
          submitLabel="Remove"
          tone="danger"
          onCancel={() => setLeaving(null)}
          onSubmit={async () => {
            if (leaving) await api.members.remove(leaving.id)
            setLeaving(null)
            members.reload()
          }}
        >
          <p className={admin.dialogText}>
            <bdi>{leaving?.name}</bdi> is signed out everywhere at once. What they wrote stays.
          </p>
        </DialogForm>
      </Dialog>
    </AdminPage>
  )
}
