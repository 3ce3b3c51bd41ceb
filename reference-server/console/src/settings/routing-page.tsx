import type { Department, RoutingSettings, TeamMember } from '@chatdesk/protocol'
import { ActionIcon, Button, Checkbox, NumberInput, Radio } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { Pencil, Waypoints } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { DataTable } from '../admin/data-table.js'
import { Dialog, DialogForm } from '../admin/dialog.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { ErrorLine } from '../admin/error-line.js'
import { LoadView } from '../admin/load-view.js'
import { Section } from '../admin/section.js'
import { Tag } from '../admin/tag.js'
import { useAction } from '../admin/use-action.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayAdminister, useConsole } from '../client/console-services.js'
import { awayText, isExpectedBack } from '../team/away-text.js'
import styles from './settings.module.css'

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const

/** How what waits comes to the team. */
export function RoutingPage() {
  const { admin: api, current } = useConsole()
  const routing = useLoaded(() => api.team.routing())
  const team = useLoaded(async () => {
    const [members, departments] = await Promise.all([api.team.list(), api.departments.list()])
    return { members, departments }
  })
  return (
    <AdminPage title="Routing" lead="Who gets the next conversation that waits, and what happens when somebody leaves.">
      {!mayAdminister(current) && <p className={admin.readOnly}>You can read this. An admin can change it.</p>}
      <LoadView loaded={routing}>{(value) => <RoutingForm saved={value} onSaved={routing.set} />}</LoadView>
      <LoadView loaded={team}>
        {({ members, departments }) => (
          <Section title="Team" lead="Those who answer visitors. Somebody in no department takes what belongs to none.">
            <TeamTable members={members} departments={departments} onChanged={team.reload} />
          </Section>
        )}
      </LoadView>
    </AdminPage>
  )
}

function RoutingForm({ saved, onSaved }: { saved: RoutingSettings; onSaved: (value: RoutingSettings) => void }) {
  const { admin: api, current } = useConsole()
  const [value, setValue] = useState(saved)
  const [justSaved, setJustSaved] = useState(false)
  const action = useAction()
  const mayChange = mayAdminister(current)
  const isSame = JSON.stringify(value) === JSON.stringify(saved)
  const change = (changes: Partial<RoutingSettings>) => setValue({ ...value, ...changes })
  async function submit(event: FormEvent) {
    event.preventDefault()
    await action.run(async () => {
      const { assignment, capacity, rerouteAfterSeconds } = value
      const settings = await api.team.updateRouting({ assignment, capacity, rerouteAfterSeconds })
      setValue(settings)
      onSaved(settings)
      setJustSaved(true)
    })
  }
  const isAutomatic = value.assignment === 'automatic'
  return (
    <form onSubmit={submit} className={`${admin.stack} ${styles.narrow}`}>
      <Radio.Group
        label="Assignment"
        value={value.assignment}
        onChange={(chosen) => change({ assignment: chosen === 'automatic' ? 'automatic' : 'manual' })}
        readOnly={!mayChange}
      >
        <Radio
          mt={8}
          value="manual"
          label="By hand"
          description="Agents take what they like, or answer what waits."
          disabled={!mayChange}
        />
        <Radio
          mt={8}
          value="automatic"
          label="Automatic"
          description="What has waited longest, priority counting as waiting, goes to the least busy agent who is there and available."
          disabled={!mayChange}
        />
      </Radio.Group>
      <NumberInput
        label="Conversations at a time"
        description="As many an agent is given who has no number of their own."
        value={value.capacity}
        onChange={(capacity) => change({ capacity: Number(capacity) })}
        {...{ min: 1, max: 100, allowDecimal: false, required: true }}
        disabled={!mayChange || !isAutomatic}
      />
      <NumberInput
        label="Seconds until somebody else answers"
        description="An agent who is gone for longer loses the visitors who wait for them to a colleague. 10 to 3,600."
        value={value.rerouteAfterSeconds}
        onChange={(seconds) => change({ rerouteAfterSeconds: Number(seconds) })}
        {...{ min: 10, max: 3600, allowDecimal: false, required: true }}
        disabled={!mayChange || !isAutomatic}
      />
      <ErrorLine error={action.error} />
      {mayChange && (
        <div className={admin.row}>
          <Button type="submit" loading={action.busy} disabled={isSame}>
            Save
          </Button>
          <output>{justSaved && isSame && <Tag tone="good">Saved</Tag>}</output>
        </div>
      )}
    </form>
  )
}

/** Options of `TeamTable`. */
interface TeamTableProps {
  members: readonly TeamMember[]
  departments: readonly Department[]
  onChanged: () => void
}

function TeamTable({ members, departments, onChanged }: TeamTableProps) {
  const { current } = useConsole()
  const [edited, setEdited] = useState<TeamMember | null>(null)
  const mayChange = mayAdminister(current)
  const namesOf = ({ departmentIds }: TeamMember) =>
    departments.flatMap(({ id, name }) => (departmentIds.includes(id) ? name : [])).join(', ')
  if (members.length === 0)
    return <EmptyNotice icon={Waypoints} title="Nobody answers yet" text="Invite agents under Members." />
  return (
    <>
      <DataTable
        label="Team"
        rows={members}
        rowKey={({ id }) => id}
        searchBy={({ name }) => name}
        columns={[
          {
            title: 'Name',
            sortBy: ({ name }) => name,
            cell: (member) => (
              <span className={admin.cellTitle}>
                <strong dir="auto">{member.name}</strong>
                <span dir="auto">{namesOf(member) || 'No department'}</span>
              </span>
            ),
          },
          { title: 'Now', cell: (member) => <StatusTag member={member} /> },
          {
            title: 'Has',
            from: 'tablet',
            align: 'end',
            sortBy: ({ load }) => load,
            cell: ({ load }) => load,
          },
          {
            title: 'Takes',
            from: 'tablet',
            align: 'end',
            sortBy: ({ capacity }) => capacity ?? -1,
            cell: ({ capacity }) => capacity ?? 'as all',
          },
          {
            title: '',
            cell: (member) =>
              mayChange && (
                <span className={admin.actions}>
                  <ActionIcon aria-label={`Edit ${member.name}`} onClick={() => setEdited(member)}>
                    <Pencil {...ICON} />
                  </ActionIcon>
                </span>
              ),
          },
        ]}
      />
      <Dialog opened={edited !== null} onClose={() => setEdited(null)} title={edited?.name ?? ''}>
        {edited && (
          <TeamMemberForm
            member={edited}
            departments={departments}
            onCancel={() => setEdited(null)}
            onDone={() => {
              setEdited(null)
              onChanged()
            }}
          />
        )}
      </Dialog>
    </>
  )
}

function StatusTag({ member }: { member: TeamMember }) {
  const now = useStore(useConsole().$now)
  const { online, availability } = member
  // Whoever has said when they will be back may have shut their computer.
  if (!online && !isExpectedBack(member, now)) return <Tag>Offline</Tag>
  return availability === 'away' ? <Tag tone="late">{awayText(member, now)}</Tag> : <Tag tone="good">Available</Tag>
}

/** Options of `TeamMemberForm`. */
interface TeamMemberFormProps {
  member: TeamMember
  departments: readonly Department[]
  onCancel: () => void
  onDone: () => void
}

function TeamMemberForm({ member, departments, onCancel, onDone }: TeamMemberFormProps) {
  const { admin: api } = useConsole()
  const [capacity, setCapacity] = useState<number | ''>(member.capacity ?? '')
  const [departmentIds, setDepartmentIds] = useState(member.departmentIds)
  return (
    <DialogForm
      submitLabel="Save"
      onCancel={onCancel}
      onSubmit={async () => {
        await api.team.update(member.id, { capacity: capacity === '' ? null : capacity, departmentIds })
        onDone()
      }}
    >
      <NumberInput
        label="Conversations at a time"
        description="Empty: as all have it. 0: none comes by itself."
        value={capacity}
        onChange={(value) => setCapacity(value === '' ? '' : Number(value))}
        {...{ min: 0, max: 100, allowDecimal: false }}
      />
      {departments.length > 0 && (
        <Checkbox.Group
          label="Departments"
          description="A department that nobody belongs to is everybody’s."
          value={departmentIds}
          onChange={setDepartmentIds}
        >
          {departments.map(({ id, name }) => (
            <Checkbox key={id} value={id} label={<bdi>{name}</bdi>} mt={8} />
          ))}
        </Checkbox.Group>
      )}
    </DialogForm>
  )
}
