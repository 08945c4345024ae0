#!/usr/bin/env node
const { load } = require('./load.js');

load('start')
  .run(process)
  .then((code) => {
    process.exitCode = code;
  });
