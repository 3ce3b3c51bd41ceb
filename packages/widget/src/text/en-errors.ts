/** What went wrong where the server can be reached, keyed `error` and code. */
export const errorTexts = {
  errorBAD_FRAME: 'The server did not understand this. Please reload the page.',
  errorVALIDATION_FAILED: 'This message cannot be sent as it is.',
  errorUNSUPPORTED_VERSION: 'The chat was updated. Please reload the page.',
  errorUNAUTHENTICATED: 'Your session has ended. Please reload the page.',
  errorFORBIDDEN_ORIGIN: 'The chat is not set up for this website.',
  errorFORBIDDEN: 'This is not allowed here.',
  errorNOT_FOUND: 'This chat does not exist any more.',
  errorID_REUSED: 'This message was already sent with another text.',
  errorPAYLOAD_TOO_LARGE: 'The message is too long.',
  errorNOT_SUPPORTED: 'This is not possible here.',
  errorRATE_LIMITED: 'That was a lot at once. Please wait a moment.',
  errorINTERNAL: 'Something went wrong on our side.',
  errorABORTED: 'This was cancelled.',
}
