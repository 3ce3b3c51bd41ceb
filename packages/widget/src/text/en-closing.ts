import type { CountTexts } from './format-text.js'

/** Texts of ending a chat, of its transcript and of the visitor's own data. */
export const closingTexts = {
  endQuestion: 'End this chat?',
  endAbout: 'You can still read it, and writing a message opens it again.',
  endFailed: 'The chat could not be ended. Please try again.',
  questionCancel: 'Cancel',

  transcriptAbout: 'Keep a copy of this conversation.',
  transcriptDownload: 'Download as text',
  transcriptMail: 'Send by email',
  transcriptAddress: 'Email address',
  transcriptSent: 'Sent to {email}.',
  didNotWork: 'This did not work. Please try again.',
  mailNoAddress: 'Please enter an email address.',
  mailNone: 'Transcripts cannot be sent by email here. You can download yours.',
  mailUnanswered: 'It can be sent once somebody has answered you.',
  mailElsewhere: 'This conversation can be sent only to the address that was used first.',
  mailOften: 'It was sent often enough. Please download it instead.',

  ownDataAbout: 'Everything this chat has stored about you: conversations, ratings and what you have told us.',
  ownDataDownload: 'Download my data',
  ownDataDelete: 'Delete my data',
  deleteQuestion: 'Delete your conversations and everything this chat has stored about you?',
  deleteLast: 'Are you sure? This cannot be undone.',
  deleteYes: 'Yes, delete',
  deleteForGood: 'Delete for good',
  deleted: {
    one: '{count} conversation and everything about you was deleted.',
    other: '{count} conversations and everything about you were deleted.',
  } as CountTexts,
  deletedPartly: 'Other websites or browsers that you used may still hold something.',
  deletedReceipt: 'Receipt: {id}',
}
