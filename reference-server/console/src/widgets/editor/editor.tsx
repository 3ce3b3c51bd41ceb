import type { AdministeredWidget, ConfigurableSettings } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { Eye } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import admin from '../../admin/admin.module.css'
import { AdminPage } from '../../admin/admin-page.js'
import { Dialog } from '../../admin/dialog.js'
import { ErrorLine } from '../../admin/error-line.js'
import { useLeaveGuard } from '../../admin/leave-guard.js'
import { RefusalProvider } from '../../admin/refusal.js'
import { Tag } from '../../admin/tag.js'
import { useAction } from '../../admin/use-action.js'
import { useCurrentInView } from '../../admin/use-current-in-view.js'
import { mayAdminister, useConsole } from '../../client/console-services.js'
import { WidgetPreview } from '../preview/widget-preview.js'
import { WidgetTabs } from '../widget-tabs.js'
import { AppearanceSection } from './appearance-section.js'
import { AssistantSection } from './assistant-section.js'
import { BehaviourSection } from './behaviour-section.js'
import { DangerSection } from './danger-section.js'
import { DepartmentsSection } from './departments-section.js'
import { DomainsSection } from './domains-section.js'
import styles from './editor.module.css'
import { FilesSection } from './files-section.js'
import { FormSection } from './form-section.js'
import { HoursSection } from './hours-section.js'
import { ProactiveSection } from './proactive-section.js'
import { SECTIONS, type SectionId, sectionOf } from './sections.js'
import { changesOf, draftOf, type WidgetDraft } from './widget-draft.js'

/** Options of `Editor`. */
export interface EditorProps {
  widget: AdministeredWidget
  section: SectionId
  onSaved(widget: AdministeredWidget): void
  onDeleted(): void
}

/** All sections hold one draft, which is saved at once and by hand. */
export function Editor({ widget, section, onSaved, onDeleted }: EditorProps) {
  const { admin: api, current } = useConsole()
  const [location, navigate] = useLocation()
  const [draft, setDraft] = useState(() => draftOf(widget))
  const [justSaved, setJustSaved] = useState(false)
  const [previewing, setPreviewing] = useState(false)
  const saving = useAction()
  const navRef = useCurrentInView(section)
  const mayChange = mayAdminister(current)
  const changes = changesOf(widget, draft)
  const release = useLeaveGuard(changes !== null, `/widgets/${widget.id}`, location)

  const formRef = useRef<HTMLFormElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the field may stand in the section that is gone to
  useEffect(() => {
    if (saving.error) formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [saving.error, section])

  // What was refused stands there until something else is said.
  const set = (next: (before: WidgetDraft) => WidgetDraft) => {
    saving.clear()
    setJustSaved(false)
    setDraft(next)
  }
  const changeWidget = (part: Partial<WidgetDraft>) => set((before) => ({ ...before, ...part }))
  const change = (part: Partial<ConfigurableSettings>) =>
    set((before) => ({ ...before, settings: { ...before.settings, ...part } }))

  async function save(event: FormEvent) {
    event.preventDefault()
    if (!changes) return
    await saving.run(async () => {
      try {
        const saved = await api.widgets.update(widget.id, changes)
        setDraft(draftOf(saved))
        onSaved(saved)
        setJustSaved(true)
      } catch (error) {
        // What was refused may stand in another section.
        const { field } = error as { field?: string }
        if (field !== undefined) navigate(`/widgets/${widget.id}/${sectionOf(field)}`)
        throw error
      }
    })
  }

  const parts: Record<SectionId, ReactNode> = {
    appearance: (
      <AppearanceSection name={draft.name} settings={draft.settings} change={change} changeWidget={changeWidget} />
    ),
    behaviour: (
      <BehaviourSection
        settings={draft.settings}
        change={change}
        mailReplies={draft.mailReplies}
        changeWidget={changeWidget}
      />
    ),
    assistant: (
      <AssistantSection
        widgetId={widget.id}
        assistant={draft.assistant}
        policy={draft.assistantPolicy}
        changeWidget={changeWidget}
      />
    ),
    files: <FilesSection settings={draft.settings} change={change} />,
    hours: <HoursSection settings={draft.settings} change={change} />,
    form: <FormSection settings={draft.settings} change={change} />,
    departments: <DepartmentsSection settings={draft.settings} change={change} />,
    proactive: <ProactiveSection settings={draft.settings} change={change} />,
    domains: (
      <DomainsSection origins={draft.allowedOrigins} onChange={(allowedOrigins) => changeWidget({ allowedOrigins })} />
    ),
    danger: (
      <DangerSection
        widget={widget}
        onChanged={onSaved}
        onDeleted={() => {
          release()
          onDeleted()
        }}
      />
    ),
  }
  const preview = <WidgetPreview widget={widget} draft={draft} />

  return (
    <div className={styles.columns}>
      <div className={styles.scroll}>
        <AdminPage
          wide
          title={widget.name}
          lead={
            <>
              How it looks, and what it does. {!widget.enabled && <Tag tone="bad">Switched off</Tag>}{' '}
              {widget.allowedOrigins.length === 0 && <Tag tone="late">No site may use it yet</Tag>}
            </>
          }
        >
          <WidgetTabs widgetId={widget.id} current="settings" />
          <div className={styles.editor}>
            <nav ref={navRef} className={styles.sections} aria-label="Sections">
              {SECTIONS.filter(({ id }) => mayChange || id !== 'danger').map(({ id, name }) => (
                <Link key={id} href={`/widgets/${widget.id}/${id}`} aria-current={id === section ? 'page' : undefined}>
                  {name}
                </Link>
              ))}
            </nav>
            <form ref={formRef} onSubmit={save} className={styles.form} aria-label={`Settings of ${widget.name}`}>
              {!mayChange && <p className={admin.readOnly}>You can read this. An admin can change it.</p>}
              <h2 className={styles.title}>{SECTIONS.find(({ id }) => id === section)?.name}</h2>
              <fieldset disabled={!mayChange} className={styles.fields}>
                <RefusalProvider value={saving.error}>{parts[section]}</RefusalProvider>
              </fieldset>
              <ErrorLine error={saving.error} />
              <div className={styles.bar} hidden={section === 'danger' && !changes}>
                <Button
                  variant="default"
                  className={styles.previewButton ?? ''}
                  leftSection={<Eye size={16} strokeWidth={1.75} aria-hidden />}
                  onClick={() => setPreviewing(true)}
                >
                  Preview
                </Button>
                {mayChange && (
                  <>
                    <output className={styles.state} data-tone={changes ? undefined : 'good'}>
                      {changes ? 'Not saved' : justSaved ? 'Saved' : ''}
                    </output>
                    <Button variant="default" disabled={!changes} onClick={() => set(() => draftOf(widget))}>
                      Discard
                    </Button>
                    <Button type="submit" disabled={!changes} loading={saving.busy}>
                      Save
                    </Button>
                  </>
                )}
              </div>
            </form>
          </div>
        </AdminPage>
      </div>
      <aside className={styles.preview} aria-label="Preview">
        {preview}
      </aside>
      <Dialog opened={previewing} onClose={() => setPreviewing(false)} title="Preview">
        <div className={styles.previewDialog}>{preview}</div>
      </Dialog>
    </div>
  )
}
