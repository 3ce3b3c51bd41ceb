import { useState } from 'react'
import { useConsole } from '../client/console-services.js'
import { DomainsSection } from '../widgets/editor/domains-section.js'
import { EmbedTabs } from '../widgets/install/install-page.js'
import { StepFrame } from './step-frame.js'
import type { StepProps } from './step-props.js'

/** Lets one's site in, and hands over the code for it. */
export function CodeStep({ widget, onWidget, next }: StepProps) {
  const { admin: api } = useConsole()
  const [origins, setOrigins] = useState(widget.allowedOrigins)
  const isSaved = JSON.stringify(origins) === JSON.stringify(widget.allowedOrigins)
  const canEmbed = isSaved && origins.length > 0
  return (
    <StepFrame
      title={canEmbed ? 'Paste this into your site' : 'Where shall the chat stand?'}
      lead={
        canEmbed
          ? 'Then open your site and write to yourself: it arrives in the inbox.'
          : 'Only the sites that you name here may use it.'
      }
      submitLabel={canEmbed ? 'Open the inbox' : 'Save and show the code'}
      onSubmit={async () => {
        if (isSaved) next()
        else onWidget(await api.widgets.update(widget.id, { allowedOrigins: origins }))
      }}
    >
      <DomainsSection origins={origins} onChange={setOrigins} />
      {canEmbed && <EmbedTabs widget={widget} />}
    </StepFrame>
  )
}
