import type { MemberRole, MemberRow } from '@chatdesk/protocol'
import admin from '../admin/admin.module.css'
import { Dialog, DialogForm } from '../admin/dialog.js'
import { ROLE_NAMES } from '../text/role-names.js'

/** A role that a member is to have. */
export interface RoleChange {
  member: MemberRow
  role: MemberRole
}

/** Whether a change reaches past this organization, and is asked about first. */
export function reachesPast({ member, role }: RoleChange): boolean {
  return member.role === 'super_admin' || role === 'super_admin'
}

/** Options of `RoleDialog`. `null`: nothing is asked. */
export interface RoleDialogProps {
  asked: RoleChange | null
  /** Rejects with the refusal, which then stands in the dialog. */
  onSubmit: (change: RoleChange) => Promise<unknown>
  onClose: () => void
}

/** Asks before somebody begins or ceases to be above all organizations, and says what that means. */
export function RoleDialog({ asked, onSubmit, onClose }: RoleDialogProps) {
  const rises = asked?.role === 'super_admin'
  return (
    <Dialog opened={asked !== null} onClose={onClose} title="Change the role?">
      {asked && (
        <DialogForm
          submitLabel={rises ? 'Make super admin' : 'Change the role'}
          tone="danger"
          onCancel={onClose}
          onSubmit={() => onSubmit(asked)}
        >
          <p className={admin.dialogText}>
            <bdi>{asked.member.name}</bdi>{' '}
            {rises
              ? 'will be above every organization of this server: may visit each, read what its visitors have written, change it, delete it, and make others super admin.'
              : `may no longer enter any organization but this one, and goes on here as ${ROLE_NAMES[asked.role]}.`}
          </p>
        </DialogForm>
      )}
    </Dialog>
  )
}
