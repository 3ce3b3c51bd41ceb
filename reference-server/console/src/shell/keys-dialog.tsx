import { Kbd, Modal } from '@mantine/core'
import { Fragment } from 'react'
import { mayWrite, useConsole } from '../client/console-services.js'
import styles from './shell.module.css'
import { SHORTCUTS } from './shortcuts.js'

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent)

/** Shows every key that this member may use. */
export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { current } = useConsole()
  const shown = SHORTCUTS.filter(({ writes }) => !writes || mayWrite(current))
  const groups = [...new Set(shown.map(({ where }) => where))]
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard" size={640} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={styles.keyGroups}>
        {groups.map((where) => (
          <section key={where}>
            <h3>{where}</h3>
            <dl className={styles.keys}>
              {shown
                .filter((shortcut) => shortcut.where === where)
                .map(({ keys, does }) => (
                  <Fragment key={does}>
                    <dt>{does}</dt>
                    <dd>
                      {keys.map((key) => (
                        <Kbd key={key}>{key === 'Ctrl' && isMac ? '⌘' : key}</Kbd>
                      ))}
                    </dd>
                  </Fragment>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
