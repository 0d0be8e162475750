'use strict';

// A server for tests on this machine; whoever reads these salts has gained nothing.
module.exports = () => ({
  serveAdminPanel: false,
  auth: { secret: 'headwater-test' },
  apiToken: { salt: 'headwater-test' },
  transfer: { token: { salt: 'headwater-test' } },
  flags: { nps: false, promoteEE: false },
});
