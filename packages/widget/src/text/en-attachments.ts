import type { CountTexts } from './format-text.js'

/** Texts that come with the chunk of attachments. */
export const attachmentTexts = {
  attach: 'Attach files',
  attachDrop: 'Drop files to attach them',
  attachList: 'Files to send',
  attachQueued: 'Waiting',
  attachUploading: 'Uploading, {percent}',
  attachPaused: 'Goes on when the connection is back, {percent}',
  attachReady: 'Ready to send, {size}',
  attachRemove: 'Remove {name}',
  attachRetry: 'Try {name} again',
  attachSending: 'Your message is sent when its files are uploaded.',
  attachTooLarge: 'This file is larger than {size}.',
  attachEmpty: 'This file is empty.',
  attachTooMany: {
    one: 'At most {count} file fits a message.',
    other: 'At most {count} files fit a message.',
  } as CountTexts,
  attachLost: 'The files that you had chosen left with the last page. Please choose them again.',
  fileOpen: '{name} (opens in a new tab)',
  fileDownload: 'Download {name}, {size}',
  fileBroken: 'This picture cannot be shown right now.',

  errorFILE_TYPE_REFUSED: 'Files of this kind are not accepted.',
  errorFILE_UNSAFE: 'This file was refused because it may do harm.',
  errorQUOTA_EXCEEDED: 'There is no room for more files.',
}
