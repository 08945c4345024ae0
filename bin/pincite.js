#!/usr/bin/env node
const { load, programFor } = require('./load.js');

const { run, commands } = load(...programFor(process.argv[2]));
run(process, commands);
