export {
  createTestServer,
  type TestMember,
  type TestServer,
  type TestServerOptions,
  type TestVisitor,
} from './create-test-server.js'
export { createTestDatabase, TEST_DATABASES, type TestDatabase, type TestDatabaseKind } from './test-database.js'
