import { Component, type ComponentType } from 'preact'
import type { PanelProps } from '../panel-model.js'
import { bringChunk, type Chunk } from './bring-chunk.js'

interface AttendantChunk extends Chunk {
  Attendant: ComponentType<PanelProps>
}

interface BroughtProps extends PanelProps {
  load: () => Promise<AttendantChunk>
}

/** What a chunk does beside the panel for as long as it stands. */
class Brought extends Component<BroughtProps, Partial<AttendantChunk>> {
  override componentDidMount(): void {
    // Without it nothing is missed that the panel itself does not say.
    bringChunk(this.props.panel, this.props.load).then(
      ({ Attendant }) => this.setState({ Attendant }),
      () => {},
    )
  }

  override render({ panel }: BroughtProps) {
    const { Attendant } = this.state
    return Attendant && <Attendant panel={panel} />
  }
}

const proactive = () => import('../proactive/proactive.js')
const notify = () => import('../notify/notify.js')

/** Those who speak up while nobody looks at the panel, as soon as they have a reason to. */
export function Attendants({ panel }: PanelProps) {
  return (
    <>
      {panel.settings?.proactiveRules?.[0] && <Brought panel={panel} load={proactive} />}
      {panel.client.getToken() && <Brought panel={panel} load={notify} />}
    </>
  )
}
