import { ColorInput, SegmentedControl, Textarea } from '@mantine/core'
import { useId } from 'react'
import admin from '../../admin/admin.module.css'
import { NameField } from '../../admin/name-field.js'
import { useRefusal } from '../../admin/refusal.js'
import styles from './editor.module.css'
import type { SettingsSectionProps } from './section-props.js'
import type { WidgetDraft } from './widget-draft.js'

const SWATCHES = ['#2f5bea', '#0f766e', '#15803d', '#b45309', '#be123c', '#7c3aed', '#0f172a']

/** Options of `AppearanceSection`. */
export interface AppearanceSectionProps extends SettingsSectionProps {
  name: string
  changeWidget(changes: Partial<WidgetDraft>): void
}

/** What a visitor sees first. */
export function AppearanceSection({ name, settings, change, changeWidget }: AppearanceSectionProps) {
  const positionId = useId()
  const refusal = useRefusal()
  return (
    <div className={admin.stack}>
      <NameField
        description="Who answers, as visitors read it at the top of the panel."
        value={name}
        onChange={(changed) => changeWidget({ name: changed })}
        error={refusal('name')}
      />
      <ColorInput
        label="Brand colour"
        description="Every other colour follows from it, with enough contrast."
        format="hex"
        swatches={SWATCHES}
        swatchesPerRow={7}
        withEyeDropper={false}
        value={settings.primaryColor}
        onChange={(primaryColor) => /^#[0-9a-f]{6}$/i.test(primaryColor) && change({ primaryColor })}
        classNames={{ wrapper: styles.short ?? '' }}
      />
      <div className={styles.field}>
        <span id={positionId} className={styles.label}>
          Corner
        </span>
        <SegmentedControl
          aria-labelledby={positionId}
          value={settings.position}
          onChange={(value) => change({ position: value as typeof settings.position })}
          data={[
            { value: 'bottom-left', label: 'Left' },
            { value: 'bottom-right', label: 'Right' },
          ]}
        />
      </div>
      <Textarea
        label="Greeting"
        description="The first bubble of an empty conversation. Left empty, there is none."
        value={settings.greeting}
        error={refusal('greeting')}
        onChange={(event) => change({ greeting: event.currentTarget.value })}
        maxLength={500}
      />
    </div>
  )
}
