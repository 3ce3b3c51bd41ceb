/**
 * What a plain conversation does without: fetched by itself once the panel stands, so that it is there when the
 * network is not.
 */
export { trapTab } from '../a11y/trap-tab.js'
export { extraTexts } from '../text/en-extras.js'
export { default as extrasCss } from '../theme/extras.css?inline'
export { Aftermath } from './extras/aftermath.jsx'
export { Attendants } from './extras/attendants.jsx'
export { BackButton } from './extras/back-button.jsx'
export { ChangeLine } from './extras/change-line.jsx'
export { CharacterCounter } from './extras/character-counter.jsx'
export { ComposerTools } from './extras/composer-tools.jsx'
export { ConnectionBanner } from './extras/connection-banner.jsx'
export { DeliveryMark } from './extras/delivery-mark.jsx'
export { EarlierButton } from './extras/earlier-button.jsx'
export { Files } from './extras/files.jsx'
export { HeaderActions } from './extras/header-actions.jsx'
export { JumpButton } from './extras/jump-button.jsx'
export { RichPart } from './extras/rich-part.jsx'
export { Skeleton } from './extras/skeleton.jsx'
export { ThreadEnd } from './extras/thread-end.jsx'
