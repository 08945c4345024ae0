#!/usr/bin/env node
const { load } = require('./load.js');

load('start', process.argv[2] === 'ingest' ? 'ingest' : 'search').run(process);
