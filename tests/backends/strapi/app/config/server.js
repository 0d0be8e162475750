'use strict';

module.exports = ({ env }) => ({
  host: '127.0.0.1',
  port: env.int('PORT', 3350),
  app: { keys: ['headwater-test', 'headwater-test-too'] },
});
