import type { KnownVisitor } from '@chatdesk/protocol'
import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Search, Users } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { Dialog } from '../admin/dialog.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { ErrorLine } from '../admin/error-line.js'
import { LoadView } from '../admin/load-view.js'
import { useAction } from '../admin/use-action.js'
import { useLoaded } from '../admin/use-loaded.js'
import type { VisitorsPage as Page } from '../api/visitors-api.js'
import { useConsole } from '../client/console-services.js'
import { ContactForm } from './contact-form.js'
import { VisitorsTable } from './visitors-table.js'

/** How long somebody who types is waited for, in milliseconds. */
const TYPING_MS = 300

/** Whom the widgets have met, and how to write to one of them first. */
export function VisitorsPage() {
  const { admin: api } = useConsole()
  const [, navigate] = useLocation()
  const [wanted, setWanted] = useState('')
  const [asked, setAsked] = useState<KnownVisitor | null>(null)
  const [q] = useDebouncedValue(wanted.trim(), TYPING_MS)
  const found = useLoaded(() => api.visitors.page(q), q)
  const loading = useAction()
  const more = (known: Page, cursor: string) =>
    loading.run(async () => {
      const page = await api.visitors.page(q, cursor)
      found.set({ ...page, visitors: [...known.visitors, ...page.visitors] })
    })
  return (
    <AdminPage
      title="Visitors"
      lead="Everybody whom your widgets have met, who was seen last first. You can write to anybody who can still be reached."
    >
      <TextInput
        aria-label="Find visitors"
        placeholder="Name or email"
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        leftSection={<Search size={16} strokeWidth={1.75} aria-hidden />}
        maxLength={100}
        w={{ base: '100%', xs: 280 }}
      />
      <LoadView loaded={found}>
        {(page) => (
          <>
            {page.visitors.length > 0 ? (
              <VisitorsTable visitors={page.visitors} onContact={setAsked} />
            ) : (
              <EmptyNotice
                icon={Users}
                title={q === '' ? 'No visitors yet' : 'Nobody found'}
                text={
                  q === ''
                    ? 'Whoever opens a page with one of your widgets is listed here.'
                    : page.nextCursor === null
                      ? 'Nobody has this in their name or email.'
                      : 'Nobody among those who were seen last. There are older ones.'
                }
              />
            )}
            <ErrorLine error={loading.error} />
            {page.nextCursor !== null && (
              <div className={admin.row}>
                <Button
                  variant="default"
                  loading={loading.busy}
                  onClick={() => void more(page, page.nextCursor as string)}
                >
                  {q === '' ? 'Show older ones' : 'Search older ones'}
                </Button>
              </div>
            )}
          </>
        )}
      </LoadView>
      <Dialog opened={asked !== null} onClose={() => setAsked(null)} title="Start a conversation">
        {asked && (
          <ContactForm
            visitor={asked}
            onCancel={() => setAsked(null)}
            onDone={(conversationId) => navigate(`/conversations/${conversationId}`)}
          />
        )}
      </Dialog>
    </AdminPage>
  )
}
