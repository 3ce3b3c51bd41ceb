/** Every schema of the protocol, for the server and for tools. Browser code uses `parseServerFrame` instead: it needs no zod. */
export * from './schemas/admin/audit.js'
export * from './schemas/client-frames.js'
export * from './schemas/entities.js'
export * from './schemas/follow-up.js'
export * from './schemas/parse.js'
export * from './schemas/rest.js'
export * from './schemas/server-frames.js'
export * from './schemas/text.js'
