/** The emoji picker. Fetched when somebody asks for it. */
export { emojiTexts as texts } from '../../text/en-emoji.js'
export { default as css } from '../../theme/emoji.css?inline'
export { EmojiPicker as Popup } from './emoji-picker.jsx'
