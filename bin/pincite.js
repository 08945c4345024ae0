#!/usr/bin/env node
import { load } from './load.js';

process.exitCode = await load('start').run(process);
