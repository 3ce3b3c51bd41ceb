import { Button, Modal } from '@mantine/core'
import { useConsole } from '../../client/console-services.js'
import styles from '../thread.module.css'
import type { ConversationWork } from './use-conversation-work.js'

/** Says who was faster, and asks whether it shall go to whom it was meant for nevertheless. */
export function TakenDialog({ work }: { work: ConversationWork }) {
  const { current, directory } = useConsole()
  const { taken, dismiss } = work
  const by = taken?.by?.name ?? 'Somebody'
  const isSelf = taken?.agentId === current.member.id
  const wanted = directory.$directory.get().members.find(({ id }) => id === taken?.agentId)?.name ?? 'them'
  return (
    <Modal
      opened={taken !== null}
      onClose={dismiss}
      title={taken?.by ? `${by} has it now` : 'It went back to the queue'}
      size={400}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={styles.dialogText}>
        {taken?.by ? (
          <>
            <bdi>{by}</bdi> got this conversation a moment ago, so nothing was changed.
          </>
        ) : (
          'This conversation has changed hands a moment ago, so nothing was done.'
        )}
      </p>
      <div className={styles.dialogActions}>
        <Button variant="default" onClick={dismiss} data-autofocus>
          Leave it
        </Button>
        <Button onClick={() => taken && work.assign(taken.agentId)}>
          {isSelf ? 'Assign to me anyway' : `Assign to ${wanted} anyway`}
        </Button>
      </div>
    </Modal>
  )
}
