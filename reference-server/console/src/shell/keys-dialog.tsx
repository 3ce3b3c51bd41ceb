import { Kbd, Modal } from '@mantine/core'
import { Fragment } from 'react'
import styles from './shell.module.css'
import { SHORTCUTS } from './shortcuts.js'

/** Shows every key. */
export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard" size={360} closeButtonProps={{ 'aria-label': 'Close' }}>
      <dl className={styles.keys}>
        {SHORTCUTS.map(({ keys, does }) => (
          <Fragment key={does}>
            <dt>{does}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
    </Modal>
  )
}
