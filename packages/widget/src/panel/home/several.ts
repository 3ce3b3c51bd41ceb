/** In the tab's memory: the visitor has more than one conversation. */
export const SEVERAL = 'chatdesk.several.'
