import webPush from 'web-push'

/** The library's two parts that are used: it makes keys and requests, and this server sends them. */
export const { generateVAPIDKeys, generateRequestDetails } = webPush
