#!/usr/bin/env node
// A file of its own, since npm links a program only if it is there at installation, and in the repository `dist` is not yet.
import '../dist/standalone.js'
