import type { KnowledgeEntry, KnowledgeVersion } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { Dialog, DialogForm } from '../admin/dialog.js'
import { LoadView } from '../admin/load-view.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayAdminister, useConsole } from '../client/console-services.js'
import settings from '../settings/settings.module.css'
import { fullTime } from '../text/format-time.js'
import { EntryContent } from './entry-content.js'
import { changedFieldsText } from './entry-draft.js'

/** Options of `EntryVersions`. */
export interface EntryVersionsProps {
  entry: KnowledgeEntry
  onRestored: (entry: KnowledgeEntry) => void
}

/** What an entry was, the latest first. */
export function EntryVersions({ entry, onRestored }: EntryVersionsProps) {
  const { admin: api, current } = useConsole()
  const loaded = useLoaded(() => api.knowledge.versions(entry.id))
  const [looked, setLooked] = useState<KnowledgeVersion | null>(null)
  const close = () => setLooked(null)
  const latest = loaded.state.status === 'loaded' ? loaded.state.value[0]?.version : undefined
  const mayRestore = mayAdminister(current) && looked !== null && looked.version !== latest
  return (
    <>
      <LoadView loaded={loaded}>
        {(versions) => (
          <ul className={settings.list} aria-label="Versions">
            {versions.map((version, index) => (
              <li key={version.version}>
                <span className={admin.cellTitle}>
                  <strong>
                    Version {version.version}
                    {index === 0 && ', the present one'}
                  </strong>
                  <span>
                    <time dateTime={version.changedAt}>{fullTime(version.changedAt)}</time>
                    {version.changedBy && (
                      <>
                        {', '}
                        <bdi>{version.changedBy.name}</bdi>
                      </>
                    )}
                    {changeText(version, versions[index + 1])}
                  </span>
                </span>
                <Button variant="default" size="xs" onClick={() => setLooked(version)}>
                  Look<span className="chatdesk-hidden"> at version {version.version}</span>
                </Button>
              </li>
            ))}
          </ul>
        )}
      </LoadView>
      <Dialog opened={looked !== null} onClose={close} title={`Version ${looked?.version}`}>
        {looked &&
          (mayRestore ? (
            <DialogForm
              submitLabel="Restore this version"
              onCancel={close}
              onSubmit={async () => {
                onRestored(await api.knowledge.restore(entry.id, looked.version))
                close()
              }}
            >
              <EntryContent content={looked.content} />
              <p className={admin.dialogText}>
                Restored, it is what visitors read at once
                {looked.content.published ? '' : ': nothing, for it was a draft'}. The present version stays in this
                list.
              </p>
            </DialogForm>
          ) : (
            <EntryContent content={looked.content} />
          ))}
      </Dialog>
    </>
  )
}

function changeText(version: KnowledgeVersion, before: KnowledgeVersion | undefined): string {
  if (!before) return ''
  const fields = changedFieldsText(before.content, version.content)
  if (fields !== '') return ` · changed ${fields}`
  return version.content.published === before.content.published ? '' : ' · published'
}
