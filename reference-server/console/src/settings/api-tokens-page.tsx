import type { ApiToken } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { DataTable } from '../admin/data-table.js'
import { Dialog, DialogForm } from '../admin/dialog.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { LoadView } from '../admin/load-view.js'
import { Moment } from '../admin/moment.js'
import { ShortName } from '../admin/short-name.js'
import { useLoaded } from '../admin/use-loaded.js'
import { useConsole } from '../client/console-services.js'
import { ApiTokenForm } from './api-token-form.js'
import { scopesText } from './scopes.js'

/** What programs sign in with. */
export function ApiTokensPage() {
  const { admin: api, current } = useConsole()
  const tokens = useLoaded(() => api.apiTokens.list())
  const [making, setMaking] = useState(false)
  const [revoked, setRevoked] = useState<ApiToken | null>(null)
  const made = () => {
    setMaking(false)
    tokens.reload()
  }
  return (
    <AdminPage
      title="API tokens"
      lead="What programs sign in with. A token may do what it is given here, and never more than the member who made it."
      action={
        // Nobody leaves a token behind in an organization that is not theirs.
        !current.visiting && (
          <Button leftSection={<Plus size={16} strokeWidth={1.75} aria-hidden />} onClick={() => setMaking(true)}>
            Make a token
          </Button>
        )
      }
    >
      <LoadView loaded={tokens}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyNotice
              icon={KeyRound}
              title="No tokens yet"
              text="Make one for each program that reads or writes here, with only what it needs."
            />
          ) : (
            <DataTable
              label="API tokens"
              rows={rows}
              rowKey={({ id }) => id}
              searchBy={({ name, member }) => `${name} ${member.name}`}
              columns={[
                {
                  title: 'Name',
                  sortBy: ({ name }) => name,
                  cell: ({ name, scopes }) => (
                    <span className={admin.cellTitle}>
                      <strong dir="auto">{name}</strong>
                      <span>{scopesText(scopes)}</span>
                    </span>
                  ),
                },
                {
                  title: 'Made by',
                  from: 'desktop',
                  sortBy: ({ member }) => member.name,
                  cell: ({ member }) => <ShortName name={member.name} />,
                },
                {
                  title: 'Last used',
                  from: 'tablet',
                  sortBy: ({ lastUsedAt }) => lastUsedAt ?? '',
                  cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} />,
                },
                {
                  title: 'Ends',
                  from: 'tablet',
                  sortBy: ({ expiresAt }) => expiresAt ?? '9999',
                  cell: ({ expiresAt }) => <Moment at={expiresAt} />,
                },
                {
                  title: '',
                  cell: (token) => (
                    <span className={admin.actions}>
                      <Button
                        variant="default"
                        size="xs"
                        fz={13}
                        aria-label={`Revoke ${token.name}`}
                        onClick={() => setRevoked(token)}
                      >
                        Revoke
                      </Button>
                    </span>
                  ),
                },
              ]}
            />
          )
        }
      </LoadView>
      <Dialog opened={making} onClose={made} title="Make a token">
        <ApiTokenForm onDone={made} />
      </Dialog>
      <Dialog opened={revoked !== null} onClose={() => setRevoked(null)} title="Revoke the token?">
        <DialogForm
          submitLabel="Revoke"
          tone="danger"
          onCancel={() => setRevoked(null)}
          onSubmit={async () => {
            if (revoked) await api.apiTokens.revoke(revoked.id)
            setRevoked(null)
            tokens.reload()
          }}
        >
          <p className={admin.dialogText}>
            Programs that use <bdi>{revoked?.name}</bdi> are refused from now on.
          </p>
        </DialogForm>
      </Dialog>
    </AdminPage>
  )
}
