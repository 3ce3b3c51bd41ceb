import type { InviteRow } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import admin from '../admin/admin.module.css'
import { EmailAddress } from '../admin/email-address.js'
import { ErrorLine } from '../admin/error-line.js'
import { LoadView } from '../admin/load-view.js'
import { Moment } from '../admin/moment.js'
import { Section } from '../admin/section.js'
import { useAction } from '../admin/use-action.js'
import type { Loaded } from '../admin/use-loaded.js'
import { useConsole } from '../client/console-services.js'
import { ROLE_NAMES } from '../text/role-names.js'
import styles from './settings.module.css'

/** Whom one waits for. */
export function OpenInvites({ invites }: { invites: Loaded<InviteRow[]> }) {
  const { admin: api } = useConsole()
  const action = useAction()
  const revoke = (id: string) =>
    action.run(async () => {
      await api.members.revokeInvite(id)
      invites.reload()
    })
  return (
    <LoadView loaded={invites}>
      {(rows) =>
        rows.length > 0 && (
          <Section title="Invited" lead="They have not accepted yet.">
            <ErrorLine error={action.error} />
            <ul className={styles.list}>
              {rows.map(({ id, email, role, expiresAt }) => (
                <li key={id}>
                  <span className={admin.cellTitle}>
                    <strong dir="auto">
                      <EmailAddress address={email} />
                    </strong>
                    <span>
                      {ROLE_NAMES[role]} · until <Moment at={expiresAt} />
                    </span>
                  </span>
                  <Button
                    variant="default"
                    size="xs"
                    fz={13}
                    disabled={action.busy}
                    aria-label={`Take back the invite of ${email}`}
                    onClick={() => void revoke(id)}
                  >
                    Take back
                  </Button>
                </li>
              ))}
            </ul>
          </Section>
        )
      }
    </LoadView>
  )
}
